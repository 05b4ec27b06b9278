import { isAlarmOver } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { EvidenceSubject } from "../evidence/evidence.ts";
import { selectAlarms } from "./list-queries.ts";
import { mayAnswer, mayNote, maySee } from "./policy.ts";

/** Pictures of an alarm: who handles it takes them, and who answers for it; who may see the alarm sees them. */
export function alarmEvidence(ctx: Pick<AppContext, "db">): EvidenceSubject {
  const rowOf = async (alarmId: string) => {
    const [row] = await selectAlarms(ctx.db, { alarmId }, 1, 0);
    if (!row) throw new AppError("alarm.not_found");
    return row;
  };
  return {
    allowsGallery: false,
    async requireCapturer(person, alarmId) {
      const row = await rowOf(alarmId);
      if (!mayNote(person, row) && !mayAnswer(person, row)) throw new AppError("alarm.not_found");
      if (isAlarmOver(row.state)) throw new AppError("evidence.subject_closed");
    },
    async requireReader(person, alarmId) {
      if (!maySee(person, await rowOf(alarmId))) throw new AppError("alarm.not_found");
    },
  };
}
