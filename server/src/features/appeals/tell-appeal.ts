import type { Kysely, Selectable } from "kysely";
import type { AppContext } from "../../context.ts";
import type { AppealsTable } from "../../db/tables/credit.ts";
import type { Tables } from "../../db/tables.ts";
import { callRegion, staffNearest } from "../staff-accounts/staff-accounts.ts";
import { type TemplateName, tell } from "../telling/telling.ts";

type Told = Pick<
  Selectable<AppealsTable>,
  "appeal_id" | "region_code" | "level" | "asked_by" | "made_by" | "rectification_id"
>;
interface News {
  template: TemplateName;
  /** Makes it this one news of the appeal. */
  key: string;
  isAppellant?: boolean;
}
type TellContext = Pick<AppContext, "clock" | "newId">;

/** Who decides, so many levels up; who made what is appealed does not and is not told. */
export async function tellDeciders(
  ctx: TellContext,
  tx: Kysely<Tables>,
  row: Told,
  news: News,
): Promise<void> {
  const called = callRegion(row.region_code, row.level);
  const staff = await staffNearest(tx, row.region_code, called, ["station-staff", "regulator"]);
  await send(
    ctx,
    tx,
    row,
    staff.filter((personId) => personId !== row.made_by),
    news,
  );
}

export async function tellAppellant(
  ctx: TellContext,
  tx: Kysely<Tables>,
  row: Told,
  isAllowed: boolean,
): Promise<void> {
  const template = isAllowed ? "appeal-allowed" : "appeal-refused";
  await send(ctx, tx, row, [row.asked_by], { template, key: template, isAppellant: true });
}

async function send(
  ctx: TellContext,
  tx: Kysely<Tables>,
  row: Told,
  personIds: readonly Told["asked_by"][],
  { template, key, isAppellant = false }: News,
): Promise<void> {
  await tell(ctx, tx, {
    personIds,
    topic: "credit",
    severity: "notice",
    // Who decides has a desk of appeals; the appellant finds it beside the points.
    subject: { kind: isAppellant ? "credit" : "appeal", id: row.appeal_id },
    template,
    words: { subject: row.rectification_id === null ? "booking" : "order" },
    onceKey: `appeal:${row.appeal_id}:${key}`,
  });
}
