import { type EvidenceChallenge, type EvidencePurpose, evidenceDemand } from "@hanyouxu/api";
import type { PersonId, RandomBytes } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { insertChallenge } from "./queries.ts";

/** Time to walk to the place, do what is demanded and take the picture. */
export const CHALLENGE_MS = 10 * 60_000;
/** A challenge answered without a network may arrive so much later. */
export const CHALLENGE_UPLOAD_MS = 24 * 3_600_000;

/** What the next picture of this person for this subject must show. The caller has asked whether he may take it. */
export async function issueChallenge(
  ctx: Pick<AppContext, "db" | "clock" | "random" | "newId">,
  asked: { personId: PersonId; purpose: EvidencePurpose; subjectId: string },
): Promise<Omit<EvidenceChallenge, "allowsGallery">> {
  const issuedAt = new Date(ctx.clock.nowMs());
  const expiresAt = new Date(issuedAt.getTime() + CHALLENGE_MS);
  const challengeId = ctx.newId();
  const digits = String(below(ctx.random, 10_000)).padStart(4, "0");
  const demand = evidenceDemand.options[below(ctx.random, evidenceDemand.options.length)]!;
  await insertChallenge(ctx.db, {
    challenge_id: challengeId,
    person_id: asked.personId,
    purpose: asked.purpose,
    subject_id: asked.subjectId,
    digits,
    demand,
    issued_at: issuedAt,
    expires_at: expiresAt,
  });
  return {
    challengeId,
    digits,
    demand,
    issuedAt: issuedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

/** A whole number below `bound`; of 2³² values the remainder's bias is beneath notice. */
function below(random: RandomBytes, bound: number): number {
  return new DataView(random(4).buffer).getUint32(0) % bound;
}
