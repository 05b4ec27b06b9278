import type { PersonId } from "@hanyouxu/protocol";
import { shanghaiOffsetMs } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { MessageWords } from "../../db/tables/telling.ts";
import type { Tables } from "../../db/tables.ts";
import { selectOfficers } from "../enterprise-people/enterprise-people.ts";
import { callRegion, staffNearest } from "../staff-accounts/staff-accounts.ts";
import { type TemplateName, tell } from "../telling/telling.ts";
import type { Stored } from "./change-rectification.ts";

type TellContext = Pick<AppContext, "clock" | "newId">;
type Told = Pick<
  Stored,
  "rectification_id" | "rectification_number" | "enterprise_id" | "severity" | "region_code" | "issued_by"
>;

/** What is told about an order, and with which words besides the firm's name and the number. */
export interface RectificationNews {
  template: TemplateName;
  words?: MessageWords;
  /** Makes it this one news of the order: its round, its level. */
  key: string;
}

/** To every officer of the firm. */
export async function tellFirm(
  ctx: TellContext,
  tx: Kysely<Tables>,
  row: Told,
  news: RectificationNews,
): Promise<void> {
  const officers = await selectOfficers(tx, row.enterprise_id);
  await send(
    ctx,
    tx,
    row,
    officers.map(({ person_id }) => person_id),
    news,
  );
}

/** To who issued it, and to the people of its region so many levels up. */
export async function tellStaff(
  ctx: TellContext,
  tx: Kysely<Tables>,
  row: Told,
  level: number,
  news: RectificationNews,
): Promise<void> {
  const region = callRegion(row.region_code, level);
  const staff = await staffNearest(tx, row.region_code, region, ["station-staff", "regulator"]);
  await send(ctx, tx, row, [row.issued_by, ...staff], news);
}

/** To who issued it. */
export async function tellIssuer(
  ctx: TellContext,
  tx: Kysely<Tables>,
  row: Told,
  news: RectificationNews,
): Promise<void> {
  await send(ctx, tx, row, [row.issued_by], news);
}

/** 2026-03-05 17:00, Asia/Shanghai. */
export function localTime(at: Date): string {
  return new Date(at.getTime() + shanghaiOffsetMs).toISOString().slice(0, 16).replace("T", " ");
}

async function send(
  ctx: TellContext,
  tx: Kysely<Tables>,
  row: Told,
  personIds: readonly PersonId[],
  { template, words = {}, key }: RectificationNews,
): Promise<void> {
  const { name } = await tx
    .selectFrom("enterprises")
    .select("name")
    .where("enterprise_id", "=", row.enterprise_id)
    .executeTakeFirstOrThrow();
  await tell(ctx, tx, {
    personIds,
    topic: "rectification",
    severity: row.severity,
    subject: { kind: "rectification", id: row.rectification_id },
    template,
    words: { firm: name, number: row.rectification_number, ...words },
    onceKey: `rectification:${row.rectification_id}:${template}:${key}`,
  });
}
