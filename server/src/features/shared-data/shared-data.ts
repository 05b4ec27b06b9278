import type { SharedResource } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { SharingClient } from "../sharing/sharing.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { renewFeed, selectEpoch, selectFeed } from "./queries.ts";
import { sharedItem } from "./shared-items.ts";

export interface FeedRequest {
  cursor?: string | undefined;
  changedSince?: string | undefined;
  limit: number;
}

/** Before the first change of all. */
const START = { xid: "0", id: "00000000-0000-0000-0000-000000000000" };

/**
 * One page of a resource for a department's program; the audit log has it before the program does.
 * @throws AppError api_client.resource_forbidden, sharing.cursor_invalid
 */
export async function readShared(
  ctx: Pick<AppContext, "db" | "personalData" | "audit">,
  client: SharingClient,
  resource: SharedResource,
  { cursor, changedSince, limit }: FeedRequest,
) {
  const fields = client.fields[resource];
  if (!fields || fields.length === 0) throw new AppError("api_client.resource_forbidden");
  const epoch = await selectEpoch(ctx.db);
  const after = cursor === undefined ? { epoch, ...START } : readCursor(cursor);
  if (after?.epoch !== epoch) throw new AppError("sharing.cursor_invalid");
  const rows = await selectFeed(ctx.db, resource, {
    region: client.region,
    after,
    changedSince: changedSince === undefined ? undefined : new Date(changedSince),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1) ?? after;
  await ctx.audit.record(ctx.db, {
    actor: `client:${client.clientId}`,
    action: "shared_data.read",
    subject: `shared:${resource}`,
    details: {
      filter: { limit, ...(cursor ? { cursor } : {}), ...(changedSince ? { changedSince } : {}) },
      fields: [...fields],
      rows: page.length,
    },
  });
  return {
    items: page.map((row) => sharedItem(ctx, resource, row, fields)),
    cursor: writeCursor({ epoch, xid: last.xid, id: last.id }),
    hasMore: rows.length > limit,
  };
}

/** Keeps readers' cursors true across a restore. */
export async function keepFeed(ctx: Pick<AppContext, "db" | "log">): Promise<void> {
  if (await renewFeed(ctx.db)) ctx.log.warn("the database was restored: readers of shared data start again");
}
