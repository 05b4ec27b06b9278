import type { NewRectification } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import { addWorkingHours, rectificationHours } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { newVerificationCode } from "../../crypto/verification-code.ts";
import { rectificationPolicyOf } from "../../db/region-policy.ts";
import { AppError } from "../../errors.ts";
import { selectOfficers } from "../enterprise-people/enterprise-people.ts";
import type { Actor } from "./change-rectification.ts";
import { namedClause } from "./known-clauses.ts";
import { countMachinesOf, insertActs, insertRectification, nextRectificationNumber } from "./queries.ts";
import { localTime, tellFirm } from "./tell-rectification.ts";

type IssueContext = Pick<AppContext, "db" | "clock" | "newId" | "audit" | "random">;

/**
 * Orders a firm to rectify: numbered, with a deadline, and told to its officers.
 * @returns its id
 * @throws AppError rectification.other_firm | .not_an_officer | .deadline_past
 */
export async function issueRectification(
  ctx: IssueContext,
  firm: { enterprise_id: EnterpriseId; region_code: RegionCode },
  asked: NewRectification,
  actor: Actor,
): Promise<string> {
  const nowMs = ctx.clock.nowMs();
  const now = new Date(nowMs);
  const { policy, calendar } = await rectificationPolicyOf(ctx.db, firm.region_code, nowMs);
  const due = asked.dueAt
    ? new Date(asked.dueAt)
    : new Date(addWorkingHours(nowMs, rectificationHours(asked.severity, policy), calendar));
  if (due <= now) throw new AppError("rectification.deadline_past");
  const machineIds = [...new Set(asked.machineIds)] as MachineId[];
  await requireOwn(ctx, firm.enterprise_id, asked, machineIds);
  const rectificationId = ctx.newId();
  await ctx.db.transaction().execute(async (tx) => {
    const row = {
      rectification_id: rectificationId,
      rectification_number: await nextRectificationNumber(tx, firm.region_code, nowMs),
      verification_code: newVerificationCode(ctx.random),
      region_code: firm.region_code,
      enterprise_id: firm.enterprise_id,
      source: asked.source,
      alarm_id: asked.source === "alarm" ? asked.alarmId : null,
      severity: asked.severity,
      title: asked.title,
      status: "issued" as const,
      answerable_person_id: asked.answerablePersonId as PersonId | null,
      issued_by: actor.personId,
      issued_at: now,
      round: 1,
      due_at: due,
      level: 0,
      next_at: due,
      extension_count: 0,
      policy_version: policy.version,
      act_count: 1,
    };
    const items = asked.items.map(({ what, clause }, index) => ({
      rectification_id: rectificationId,
      item_no: index + 1,
      what,
      clause: clause && JSON.stringify(namedClause(clause)),
      state: "open" as const,
      evidence_ids: "[]",
    }));
    await insertRectification(tx, row, items, machineIds);
    const details = { text: asked.title, until: due.toISOString() };
    await insertActs(tx, rectificationId, 0, [
      { what: "issued", at: now, actorId: actor.personId, actorRole: actor.role, details },
    ]);
    await tellFirm(ctx, tx, row, {
      template: "rectification-due",
      words: { day: localTime(due) },
      key: "1",
    });
    await ctx.audit.record(tx, {
      actor: actor.personId,
      action: "rectification.issued",
      subject: `rectification:${rectificationId}`,
      details: {
        role: actor.role,
        number: row.rectification_number,
        enterpriseId: firm.enterprise_id,
        ...details,
      },
    });
  });
  return rectificationId;
}

/** Whether alarm, machines and who answers for it are the firm's. */
async function requireOwn(
  { db }: Pick<AppContext, "db">,
  enterpriseId: EnterpriseId,
  { source, alarmId, answerablePersonId }: NewRectification,
  machineIds: readonly MachineId[],
): Promise<void> {
  if ((source === "alarm") !== (alarmId !== null)) throw new AppError("rectification.other_firm");
  if (alarmId !== null) {
    const alarm = await db
      .selectFrom("alarms")
      .select(["enterprise_id", "site_owner_enterprise_id"])
      .where("alarm_id", "=", alarmId)
      .executeTakeFirst();
    if (!alarm) throw new AppError("alarm.not_found");
    const firms = [alarm.enterprise_id, alarm.site_owner_enterprise_id];
    if (!firms.includes(enterpriseId)) throw new AppError("rectification.other_firm");
  }
  if ((await countMachinesOf(db, enterpriseId, machineIds)) !== machineIds.length)
    throw new AppError("rectification.other_firm");
  if (answerablePersonId === null) return;
  const officers = await selectOfficers(db, enterpriseId);
  if (!officers.some(({ person_id }) => person_id === answerablePersonId))
    throw new AppError("rectification.not_an_officer");
}
