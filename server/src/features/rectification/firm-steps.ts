import { rectificationPolicyOf } from "../../db/region-policy.ts";
import { AppError } from "../../errors.ts";
import { requireEvidence } from "../evidence/evidence.ts";
import {
  type Actor,
  changeRectification,
  type RectificationContext,
  requireStatus,
} from "./change-rectification.ts";
import { reinspectionDeadline } from "./deadlines.ts";
import { selectItems, updateItem } from "./queries.ts";
import { localTime, tellIssuer, tellStaff } from "./tell-rectification.ts";

/**
 * The firm says what it did about one item, with pictures. It may say so again until it hands in.
 * @throws AppError rectification.not_found | .wrong_status | .item_not_open | evidence.…
 */
export async function answerItem(
  ctx: RectificationContext,
  rectificationId: string,
  { itemNo, answer, evidenceIds }: { itemNo: number; answer: string; evidenceIds: readonly string[] },
  actor: Actor,
): Promise<void> {
  await changeRectification(ctx, rectificationId, actor, async (tx, row, now) => {
    requireStatus(row, "issued");
    const item = (await selectItems(tx, rectificationId)).find(({ item_no }) => item_no === itemNo);
    if (!item || item.state === "passed") throw new AppError("rectification.item_not_open");
    if (evidenceIds.length > 0) {
      await requireEvidence(ctx, tx, evidenceIds, {
        personId: actor.personId,
        purpose: "rectification",
        subjectId: rectificationId,
        notBeforeMs: row.issued_at.getTime(),
      });
    }
    await updateItem(tx, rectificationId, itemNo, {
      state: "answered",
      answer,
      evidence_ids: JSON.stringify(evidenceIds),
      answered_at: now,
    });
    return {
      change: {},
      what: "item-answered",
      details: { itemNo, text: answer, evidenceIds: [...evidenceIds] },
    };
  });
}

/**
 * The firm hands in; from here on staff have so long to re-inspect. Also possible late: that it was overdue stays.
 * @throws AppError rectification.not_found | .wrong_status | .items_open
 */
export async function submitRectification(
  ctx: RectificationContext,
  rectificationId: string,
  actor: Actor,
): Promise<void> {
  await changeRectification(ctx, rectificationId, actor, async (tx, row, now) => {
    requireStatus(row, "issued");
    const items = await selectItems(tx, rectificationId);
    if (items.some(({ state }) => state === "open")) throw new AppError("rectification.items_open");
    const reinspectBy = await reinspectionDeadline(tx, row, now);
    await tellStaff(ctx, tx, row, 0, {
      template: "rectification-answered",
      words: { day: localTime(reinspectBy) },
      key: String(row.round),
    });
    return {
      change: {
        status: "answered",
        reinspect_by: reinspectBy,
        next_at: reinspectBy,
        level: 0,
        extension_until: null,
        extension_reason: null,
      },
      what: "submitted",
      details: { until: reinspectBy.toISOString() },
    };
  });
}

/**
 * The firm asks for more time, as long as it still has some.
 * @throws AppError rectification.not_found | .wrong_status | .extension_too_late | .extension_open |
 *   .extensions_used_up | .deadline_past
 */
export async function askExtension(
  ctx: RectificationContext,
  rectificationId: string,
  { until, reason }: { until: Date; reason: string },
  actor: Actor,
): Promise<void> {
  await changeRectification(ctx, rectificationId, actor, async (tx, row, now) => {
    requireStatus(row, "issued");
    if (row.due_at <= now) throw new AppError("rectification.extension_too_late");
    if (row.extension_until !== null) throw new AppError("rectification.extension_open");
    const { policy } = await rectificationPolicyOf(tx, row.region_code, now.getTime());
    if (row.extension_count >= policy.mostExtensions)
      throw new AppError("rectification.extensions_used_up", { details: { most: policy.mostExtensions } });
    if (until <= row.due_at) throw new AppError("rectification.deadline_past");
    await tellIssuer(ctx, tx, row, {
      template: "rectification-extension-asked",
      words: { day: localTime(until) },
      key: `${row.round}:${row.extension_count}:${now.getTime()}`,
    });
    return {
      change: { extension_until: until, extension_reason: reason },
      what: "extension-asked",
      details: { text: reason, until: until.toISOString() },
    };
  });
}
