import type { RegionCode } from "@hanyouxu/protocol";
import { defaultStartPolicy, type StartPolicy, startPolicy } from "@hanyouxu/rules";
import { type Expression, type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "./tables.ts";

/** A region's own values with the version that names them; the defaults hold for what it leaves out. */
export type StoredPolicy = Record<string, unknown> & { version: string };

/** The newest policy in force of the region or the nearest above it that has one; null where none has. In SQL. */
export function policyOfRegion(region: Expression<unknown>, nowMs: number): RawBuilder<StoredPolicy | null> {
  return sql<StoredPolicy | null>`
    (select p."values" || jsonb_build_object('version', p.region_code || '-' || p.version)
     from policies p
     where ${region} like p.region_code || '%' and p.effective_from <= ${new Date(nowMs)}
     order by length(p.region_code) desc, p.version desc limit 1)`;
}

/** A region's policy with defaults for what it leaves out; values are checked when they are stored. */
export function policyFrom(overrides: StoredPolicy | null): StartPolicy {
  if (!overrides) return defaultStartPolicy;
  const made = startPolicy(overrides);
  if (made.ok) return made.policy;
  throw new Error(
    `stored policy ${overrides.version} is invalid: ${made.problems.map(({ field }) => field).join(", ")}`,
  );
}

/** The policy that holds in a region now. */
export async function startPolicyOf(
  db: Kysely<Tables>,
  regionCode: RegionCode,
  nowMs: number,
): Promise<StartPolicy> {
  const { rows } = await sql<{ policy: StoredPolicy | null }>`
    select ${policyOfRegion(sql`${regionCode}::text`, nowMs)} as policy`.execute(db);
  return policyFrom(rows[0]?.policy ?? null);
}
