import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { EvidenceSubject } from "../evidence/evidence.ts";
import { requireVisibleSession } from "./policy.ts";

/** Pictures of a work session: its welder takes them while it is open; who may see the session and people sees them. */
export function workEvidence(ctx: Pick<AppContext, "db">): EvidenceSubject {
  return {
    allowsGallery: false,
    async requireCapturer(person, workSessionId) {
      const { row, isOwn } = await requireVisibleSession(ctx, { person }, workSessionId);
      const isOpen = row.status === "granted" || row.status === "energised";
      if (!isOwn || !isOpen) throw new AppError("evidence.subject_closed");
    },
    async requireReader(person, workSessionId) {
      const { sight } = await requireVisibleSession(ctx, { person }, workSessionId);
      if (!sight.isNamed) throw new AppError("department.forbidden");
    },
  };
}
