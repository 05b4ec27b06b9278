import type { NotificationKind } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { insertNotifications } from "./queries.ts";

export interface NewNotification {
  personId: PersonId;
  kind: NotificationKind;
  /** Ids, days, words of ours: never a number of a person. */
  data: Record<string, string | number | null>;
  /** What has been told under the same key is not told again. */
  dedupKey?: string;
}

/**
 * Tells people inside the app, within the caller's transaction. By text message goes nothing but codes: the provider
 * sends approved templates only, and there is one.
 */
export async function notify(
  ctx: Pick<AppContext, "clock" | "newId">,
  tx: Kysely<Tables>,
  notices: readonly NewNotification[],
): Promise<void> {
  if (notices.length === 0) return;
  const created_at = new Date(ctx.clock.nowMs());
  await insertNotifications(
    tx,
    notices.map(({ personId, kind, data, dedupKey }) => ({
      notification_id: ctx.newId(),
      person_id: personId,
      kind,
      data,
      created_at,
      dedup_key: dedupKey ?? null,
    })),
  );
}
