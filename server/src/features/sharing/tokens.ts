import { createHash } from "node:crypto";
import {
  type FieldGroup,
  type OgcCollectionId,
  ogcCollectionGroups,
  type SharedResource,
} from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { fieldsSeen, groupsCounted, sees } from "./department-sight.ts";
import { deleteExpiredTokens, findClientBySecret, findClientByToken, insertToken } from "./queries.ts";

export const TOKEN_SECONDS = 900;

/** A department's program as its token says. */
export interface SharingClient {
  clientId: string;
  name: string;
  region: RegionCode;
  /** What the department may see now, of what the program was registered for. */
  fields: Partial<Record<SharedResource, readonly string[]>>;
  /** Collections of OGC API Features, in the same way; and whether it may know where machines are. */
  layers: readonly OgcCollectionId[];
  seesPlaces: boolean;
  /** Groups of which it may ask counts; none where it was not registered for counts. */
  counts: readonly FieldGroup[];
  requestsPerMinute: number;
}

/** A secret or token to be told once: 256 random bits, so its plain digest is safe to keep. */
export function newSecret({ random }: Pick<AppContext, "random">): { text: string; digest: Uint8Array } {
  const text = Buffer.from(random(32)).toString("base64url");
  return { text, digest: digestOf(text) };
}

/** A token for a client's id and secret; undefined when they are not good together. */
export async function issueToken(
  ctx: Pick<AppContext, "db" | "clock" | "random" | "audit">,
  clientId: string,
  secret: string,
): Promise<string | undefined> {
  const found = await findClientBySecret(ctx.db, clientId, digestOf(secret));
  if (!found) return undefined;
  const token = newSecret(ctx);
  const nowMs = ctx.clock.nowMs();
  await ctx.db.transaction().execute(async (tx) => {
    await insertToken(tx, {
      token_digest: token.digest,
      client_id: clientId,
      secret_id: found.secret_id,
      issued_at: new Date(nowMs),
      expires_at: new Date(nowMs + TOKEN_SECONDS * 1000),
    });
    await ctx.audit.record(tx, {
      actor: `client:${clientId}`,
      action: "api_client.token_issued",
      subject: `client:${clientId}`,
    });
  });
  return token.text;
}

/** Whom a token belongs to; undefined when it does not hold (any more). */
export async function clientOfToken(
  ctx: Pick<AppContext, "db" | "clock">,
  token: string,
): Promise<SharingClient | undefined> {
  const row = await findClientByToken(ctx.db, digestOf(token), new Date(ctx.clock.nowMs()));
  return (
    row && {
      clientId: row.client_id,
      name: row.name,
      region: row.region_code,
      fields: fieldsSeen(row.fields, row.rights) as SharingClient["fields"],
      layers: row.layers.filter((layer) => sees(row.rights, ogcCollectionGroups[layer], "rows")),
      seesPlaces: sees(row.rights, "readings", "rows"),
      counts: row.may_count ? groupsCounted(row.rights) : [],
      requestsPerMinute: row.requests_per_minute,
    }
  );
}

export async function forgetExpiredTokens(ctx: Pick<AppContext, "db" | "clock">): Promise<void> {
  await deleteExpiredTokens(ctx.db, new Date(ctx.clock.nowMs()));
}

function digestOf(text: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(text, "utf8").digest());
}
