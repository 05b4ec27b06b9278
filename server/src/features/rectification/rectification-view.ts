import type { Rectification, RectificationDetail } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { rectificationPolicyOf } from "../../db/region-policy.ts";
import type { NamedClause } from "../../db/tables/rectification.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { mayDoAbout } from "./policy.ts";
import { type RectificationRow, selectActs, selectItems, selectOrderedMachines } from "./queries.ts";

const DAY_MS = 86_400_000;

/** An order as lists show it. */
export function rectificationOf(row: RectificationRow): Rectification {
  return {
    rectificationId: row.rectification_id,
    number: row.rectification_number,
    status: row.status,
    severity: row.severity,
    source: row.source,
    title: row.title,
    region: row.region_code,
    regionName: row.region_name,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    alarmId: row.alarm_id,
    issuedAt: row.issued_at.toISOString(),
    round: row.round,
    dueAt: row.due_at.toISOString(),
    reinspectBy: row.reinspect_by?.toISOString() ?? null,
    isOverdue: row.overdue_at !== null,
    level: row.level,
  };
}

/** A clause in the shape that all pages know. */
export const shownClause = (clause: NamedClause) => ({ kind: "law" as const, ...clause });

/** One order with everything that belongs to it; people's names are masked. */
export async function rectificationDetail(
  ctx: Pick<AppContext, "db" | "clock" | "personalData">,
  person: Person,
  row: RectificationRow,
): Promise<RectificationDetail> {
  const { db, personalData } = ctx;
  const nowMs = ctx.clock.nowMs();
  const named = (sealed: Uint8Array | null) => sealed && maskName(personalData.open("name", sealed));
  const items = await selectItems(db, row.rectification_id);
  const machines = await selectOrderedMachines(db, row.rectification_id);
  const acts = await selectActs(db, row.rectification_id);
  const until = row.extension_until;
  return {
    ...rectificationOf(row),
    items: items.map((item) => ({
      itemNo: item.item_no,
      what: item.what,
      clause: item.clause && shownClause(item.clause),
      state: item.state,
      answer: item.answer,
      answeredAt: item.answered_at?.toISOString() ?? null,
      evidenceIds: item.evidence_ids,
    })),
    machines: machines.map(({ machine_id, name, locked_at, unlocked_at }) => ({
      machineId: machine_id,
      name,
      isLocked: locked_at !== null && unlocked_at === null,
    })),
    answerableName: named(row.answerable_name),
    issued: { name: named(row.issuer_name) ?? "", at: row.issued_at.toISOString() },
    extension: until && { until: until.toISOString(), reason: row.extension_reason ?? "" },
    verificationCode: row.verification_code,
    history: acts.map(({ seq, at, what, actor_role, details, name_ciphertext }) => ({
      seq,
      at: at.toISOString(),
      what,
      name: named(name_ciphertext),
      role: actor_role,
      itemNo: details.itemNo ?? null,
      text: details.text ?? null,
      until: details.until ?? null,
      evidenceIds: details.evidenceIds ?? [],
    })),
    mayDo: mayDoAbout(person, row, { nowMs, mayAppeal: await mayAppeal(db, row, nowMs) }),
  };
}

async function mayAppeal(db: AppContext["db"], row: RectificationRow, nowMs: number): Promise<boolean> {
  const issuedMs = row.issued_at.getTime();
  const { policy } = await rectificationPolicyOf(db, row.region_code, issuedMs);
  if (nowMs >= issuedMs + policy.appealDays * DAY_MS) return false;
  const made = await db
    .selectFrom("appeals")
    .select("appeal_id")
    .where("rectification_id", "=", row.rectification_id)
    .executeTakeFirst();
  return made === undefined;
}
