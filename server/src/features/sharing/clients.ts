import {
  type ApiClientView,
  type OgcCollectionId,
  ogcCollectionGroups,
  type SharedResource,
} from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { requireDepartment } from "../departments/departments.ts";
import { groupsCounted, requireDepartmentSight, requireFieldsSeen } from "./department-sight.ts";
import {
  addSecret,
  type ClientRow,
  insertClient,
  regionExists,
  selectClients,
  setActive,
} from "./queries.ts";
import { requireReach, type SharingReach } from "./reach.ts";
import { newSecret } from "./tokens.ts";

type ClientContext = Pick<AppContext, "db" | "clock" | "random" | "newId" | "audit">;

export interface NewClient {
  name: string;
  department: string;
  region: string;
  fields: Partial<Record<SharedResource, string[] | undefined>>;
  layers: readonly OgcCollectionId[];
  mayCount: boolean;
  requestsPerMinute: number;
}

export function clientOf(row: ClientRow): ApiClientView {
  return {
    clientId: row.client_id,
    name: row.name,
    department: row.department_key,
    departmentName: { zh: row.department_zh, en: row.department_en },
    region: row.region_code,
    regionName: row.region_name,
    fields: row.fields as ApiClientView["fields"],
    layers: row.layers,
    mayCount: row.may_count,
    requestsPerMinute: row.requests_per_minute,
    isActive: row.is_active,
    createdAt: row.created_at.toISOString(),
    secretsFrom: row.secrets_from.map((at) => new Date(at).toISOString()),
  };
}

/**
 * @throws AppError department.not_found, region.not_found, region.out_of_scope, api_client.other_department,
 *   api_client.beyond_department
 */
export async function createClient(
  ctx: ClientContext,
  client: NewClient,
  actor: PersonId,
  reach: SharingReach,
) {
  requireReach(reach, client);
  const { rights } = await requireDepartment(ctx, client.department);
  requireFieldsSeen(client.fields, rights);
  const layers = [...new Set(client.layers)];
  requireDepartmentSight(
    layers.map((layer) => ogcCollectionGroups[layer]),
    rights,
  );
  if (client.mayCount && groupsCounted(rights).length === 0) {
    throw new AppError("api_client.beyond_department", { details: { beyond: ["statistics"] } });
  }
  if (!(await regionExists(ctx.db, client.region))) throw new AppError("region.not_found");
  const secret = newSecret(ctx);
  const clientId = ctx.newId();
  const created_at = new Date(ctx.clock.nowMs());
  const fields = Object.fromEntries(
    Object.entries(client.fields).filter(([, names]) => names !== undefined && names.length > 0),
  );
  await ctx.db.transaction().execute(async (tx) => {
    await insertClient(tx, {
      client_id: clientId,
      name: client.name,
      department_key: client.department,
      region_code: client.region as RegionCode,
      fields: JSON.stringify(fields),
      layers: JSON.stringify(layers),
      may_count: client.mayCount,
      requests_per_minute: client.requestsPerMinute,
      created_at,
      created_by: actor,
    });
    await addSecret(tx, {
      secret_id: ctx.newId(),
      client_id: clientId,
      digest: secret.digest,
      created_at,
    });
    await ctx.audit.record(tx, {
      actor,
      action: "api_client.created",
      subject: `client:${clientId}`,
      details: {
        name: client.name,
        department: client.department,
        region: client.region,
        fields,
        layers,
        mayCount: client.mayCount,
      },
    });
  });
  return { clientId, secret: secret.text };
}

/** @throws AppError api_client.not_found, region.out_of_scope, api_client.other_department */
export async function requireClient(ctx: Pick<AppContext, "db">, clientId: string, reach: SharingReach) {
  const [row] = await selectClients(ctx.db, { clientId });
  if (!row) throw new AppError("api_client.not_found");
  requireReach(reach, { region: row.region_code, department: row.department_key });
  return row;
}

/** A second secret, so that a client can change over without a gap; the third ends the first. */
export async function rotateSecret(ctx: ClientContext, { client_id }: ClientRow, actor: PersonId) {
  const secret = newSecret(ctx);
  await ctx.db.transaction().execute(async (tx) => {
    await addSecret(tx, {
      secret_id: ctx.newId(),
      client_id,
      digest: secret.digest,
      created_at: new Date(ctx.clock.nowMs()),
    });
    await ctx.audit.record(tx, { actor, action: "api_client.secret_made", subject: `client:${client_id}` });
  });
  return { clientId: client_id, secret: secret.text };
}

export async function setClientActive(
  ctx: ClientContext,
  { client_id }: ClientRow,
  isActive: boolean,
  actor: PersonId,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await setActive(tx, client_id, isActive);
    await ctx.audit.record(tx, {
      actor,
      action: isActive ? "api_client.enabled" : "api_client.disabled",
      subject: `client:${client_id}`,
    });
  });
}
