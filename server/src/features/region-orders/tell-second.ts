import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { staffNearestOf } from "../staff-accounts/staff-accounts.ts";
import { tell } from "../telling/telling.ts";

export interface WaitingOrder {
  regionOrderId: string;
  region: RegionCode;
  what: "stop" | "lock" | "lift";
  askedBy: PersonId;
  askedAtMs: number;
  withinMs: number;
}

/** Tells those nearest to the region who may confirm, as what cannot wait for the morning. */
export async function tellSecondPeople(
  ctx: Pick<AppContext, "clock" | "newId">,
  tx: Kysely<Tables>,
  { regionOrderId, region, what, askedBy, askedAtMs, withinMs }: WaitingOrder,
): Promise<void> {
  const roles = ["regulator", "station-staff", "operator"];
  const [people] = await staffNearestOf(tx, [{ place: region, called: region, roles, except: askedBy }]);
  const named = await tx
    .selectFrom("regions")
    .select("name")
    .where("region_code", "=", region)
    .executeTakeFirst();
  await tell(ctx, tx, {
    personIds: people!,
    topic: "region-order",
    severity: "danger",
    subject: { kind: "region-order", id: regionOrderId },
    template: "region-order-asked",
    words: { order: what, place: named?.name ?? region, minutes: withinMs / 60_000 },
    onceKey: `region-order:${regionOrderId}:${what}:${askedAtMs}`,
  });
}
