import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { EvidenceSubject } from "../evidence/evidence.ts";
import { maySee, ownFirms } from "./policy.ts";
import { type RectificationRow, selectRectifications } from "./queries.ts";

/** Pictures of what was rectified: officers of the firm take them; who may see the order sees them. */
export function rectificationEvidence({ db }: Pick<AppContext, "db">): EvidenceSubject {
  const rowOf = async (rectificationId: string): Promise<RectificationRow> => {
    const [row] = await selectRectifications(db, { rectificationId }, 1, 0);
    if (!row) throw new AppError("rectification.not_found");
    return row;
  };
  return {
    allowsGallery: false,
    async requireCapturer(person, rectificationId) {
      const row = await rowOf(rectificationId);
      if (!ownFirms(person).includes(row.enterprise_id)) throw new AppError("rectification.not_found");
      if (row.status !== "issued") throw new AppError("evidence.subject_closed");
    },
    async requireReader(person, rectificationId) {
      if (!maySee(person, await rowOf(rectificationId))) throw new AppError("rectification.not_found");
    },
  };
}
