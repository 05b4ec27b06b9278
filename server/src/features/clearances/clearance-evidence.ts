import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { EvidenceSubject, EvidenceSubjects } from "../evidence/evidence.ts";
import { isInScope, type Person, sightOf } from "../sign-in/sign-in.ts";
import { JUDGE_ROLES } from "./policy.ts";
import { selectClearances } from "./queries.ts";
import { selectCalls } from "./station-queries.ts";

/** Who takes pictures of a clearance, and who sees them. */
export function clearanceEvidence(ctx: Pick<AppContext, "db">): EvidenceSubjects {
  const ofClearance = (mayCapture: readonly ("welder" | "watch")[]): EvidenceSubject => ({
    allowsGallery: false,
    async requireCapturer({ personId }, clearanceId) {
      const [row] = await selectClearances(ctx.db, { clearanceId }, 1, 0);
      const parts = {
        welder: row?.welder_person_id === personId,
        watch: row?.watch_person_id === personId,
      };
      if (!row || !mayCapture.some((part) => parts[part])) throw new AppError("clearance.not_found");
      if (row.ended_at) throw new AppError("clearance.ended");
    },
    requireReader: (person, clearanceId) => requireReader(person, clearanceId),
  });

  async function requireReader(person: Person, clearanceId: string): Promise<void> {
    const [row] = await selectClearances(ctx.db, { clearanceId }, 1, 0);
    if (!row) throw new AppError("clearance.not_found");
    if ([row.welder_person_id, row.watch_person_id].includes(person.personId)) return;
    const scope = sightOf(person, "sessions");
    if (!isInScope(scope, row.region_code, row.enterprise_id, row.site_owner_enterprise_id)) {
      throw new AppError("clearance.not_found");
    }
  }

  async function callOf(stationCallId: string) {
    const [call] = await selectCalls(ctx.db, { stationCallId }, 1, 0);
    if (!call) throw new AppError("station_call.not_found");
    return call;
  }

  return {
    scene: ofClearance(["welder"]),
    smoulder: ofClearance(["welder", "watch"]),
    station: {
      allowsGallery: false,
      async requireCapturer(person, stationCallId) {
        const call = await callOf(stationCallId);
        const reach = sightOf(person, "sessions", "rows", JUDGE_ROLES);
        if (!isInScope({ ...reach, enterprises: [] }, call.place_region_code)) {
          throw new AppError("station_call.not_found");
        }
        if (call.decided_at) throw new AppError("clearance.station-order");
      },
      requireReader: async (person, stationCallId) =>
        await requireReader(person, (await callOf(stationCallId)).clearance_id),
    },
  };
}
