import type { ConflictSide } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { conflictLimits } from "@hanyouxu/rules";
import { here } from "./county.ts";
import type { TestPlatform } from "./platform.ts";
import type { TownClearance } from "./town-clearance.ts";

const HOUR_MS = 3_600_000;

/** Declared work of a town beside its clearance, and the open conflict of the two. */
export async function buildTownWorks(
  { ctx }: TestPlatform,
  town: Pick<TownClearance, "code" | "keyAreaId" | "enterpriseId"> & { clearanceId: string; by: PersonId },
) {
  const nowMs = ctx.clock.nowMs();
  const [at, end] = [new Date(nowMs), new Date(nowMs + 8 * HOUR_MS)];
  const [otherWorkId, workConflictId] = [ctx.newId(), ctx.newId()];
  const { code, enterpriseId, clearanceId, by } = town;
  const kind = "solvent-cleaning-or-painting";
  const placeDescription = `演示${code}涂装`;
  const limit = conflictLimits("chemical").find((one) => one.kind === kind)!;
  await ctx.db
    .insertInto("other_works")
    .values({
      other_work_id: otherWorkId,
      kind,
      enterprise_id: enterpriseId,
      site_owner_enterprise_id: null,
      key_area_id: town.keyAreaId,
      region_code: code,
      latitude_degrees: here.latitudeDegrees,
      longitude_degrees: here.longitudeDegrees,
      extent_metres: 0,
      floor: null,
      height_metres: null,
      place_description: placeDescription,
      planned_from: at,
      planned_to: end,
      contact_name_ciphertext: ctx.personalData.seal("name", "演示联系人"),
      contact_phone_ciphertext: ctx.personalData.seal("phone", "13900001234"),
      declared_by: by,
      declared_at: at,
    })
    .execute();
  const side = (subject: ConflictSide["subject"], id: string): ConflictSide => ({
    subject,
    id,
    kind: subject === "clearance" ? "hot-work" : kind,
    enterpriseName: null,
    siteOwnerName: null,
    placeName: placeDescription,
    place: here,
    extentMetres: 0,
    floor: null,
    from: at.toISOString(),
    to: end.toISOString(),
  });
  await ctx.db
    .insertInto("work_conflicts")
    .values({
      work_conflict_id: workConflictId,
      one_key: `clearance:${clearanceId}`,
      other_key: `other-work:${otherWorkId}`,
      kind,
      one_region_code: code,
      other_region_code: code,
      one_enterprise_id: enterpriseId,
      one_site_owner_enterprise_id: null,
      other_enterprise_id: enterpriseId,
      other_site_owner_enterprise_id: null,
      one: JSON.stringify(side("clearance", clearanceId)),
      other: JSON.stringify(side("other-work", otherWorkId)),
      finding: JSON.stringify({
        kind,
        limitMetres: limit.metres,
        horizontalMetres: 0,
        verticalMetres: null,
        isSure: true,
        fromMs: at.getTime(),
        toMs: end.getTime(),
        clause: limit.clause,
      }),
      told: "[]",
      raised_at: at,
    })
    .execute();
  return { otherWorkId, workConflictId };
}
