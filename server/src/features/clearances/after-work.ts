import type { Position } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { requireEvidence } from "../evidence/evidence.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { selectSmoulderChecks } from "./queries.ts";
import { type EventContext, takeEvent } from "./take-event.ts";
import { requireNear } from "./watch.ts";

export interface SmoulderLook {
  isSafe: boolean;
  note: string;
  evidenceIds: string[];
  position: Position | null;
}

/**
 * A look at the place after the work, with a picture taken there and then.
 * @throws AppError clearance.place_unknown | clearance.too_far | evidence.… | clearance.…
 */
export async function checkSmoulder(
  ctx: EventContext,
  person: Person,
  clearanceId: string,
  { isSafe, note, evidenceIds, position }: SmoulderLook,
): Promise<void> {
  const event = { kind: "smoulder-checked", isSafe } as const;
  const at = new Date(ctx.clock.nowMs());
  await takeEvent(ctx, { clearanceId, event, actor: person.personId }, async (tx, row) => {
    const { smoulder } = row.state;
    if (!smoulder) throw new AppError("clearance.no-smoulder-watch");
    requireNear(row, position);
    await requireEvidence(ctx, tx, evidenceIds, {
      personId: person.personId,
      purpose: "smoulder",
      subjectId: clearanceId,
      // A picture of an earlier look says nothing about now.
      notBeforeMs: await newSinceMs(tx, clearanceId, smoulder.startedAtMs),
    });
    await tx
      .insertInto("smoulder_checks")
      .values({
        smoulder_check_id: ctx.newId(),
        clearance_id: clearanceId,
        person_id: person.personId,
        at,
        is_safe: isSafe,
        note,
        evidence_ids: evidenceIds,
      })
      .execute();
  });
}

/** The first instant after the last look, or since `startedAtMs`; milliseconds since 1970. */
async function newSinceMs(tx: Kysely<Tables>, clearanceId: string, startedAtMs: number): Promise<number> {
  const last = (await selectSmoulderChecks(tx, clearanceId)).at(-1);
  return last && last.at.getTime() >= startedAtMs ? last.at.getTime() + 1 : startedAtMs;
}
