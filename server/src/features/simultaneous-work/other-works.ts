import { MOST_EXTENT_METRES, type OtherWorkBody } from "@hanyouxu/api";
import { distanceMetres } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { type Person, requireScope } from "../sign-in/sign-in.ts";
import { selectOpenConflicts } from "./conflict-queries.ts";
import type { ConflictPair } from "./conflicts-among.ts";
import { isDue } from "./follow-conflicts.ts";
import { goingWork } from "./going-works.ts";
import {
  type ActiveArea,
  endRow,
  insertOtherWork,
  type OtherWorkRow,
  selectActiveArea,
  selectActiveFirm,
} from "./other-work-queries.ts";
import { ownFirms } from "./policy.ts";
import { clearConflict, raiseConflict } from "./raise-conflicts.ts";
import { pairsOf } from "./simultaneous-work.ts";

type DeclareContext = Pick<AppContext, "db" | "clock" | "newId" | "audit" | "personalData">;

/** How far outside of its area's box a place may lie, as that of a permit. */
const AREA_MARGIN_DEGREES = 0.001;

/**
 * An officer declares work of the own firm, or of any firm at the own site. What it conflicts with now is raised with it,
 * what will later is answered all the same.
 * @throws AppError enterprise.not_found | key_area.not_found | region.out_of_scope | other_work.time_over |
 *   .area_too_large | .place_outside_area
 */
export async function declareOtherWork(
  ctx: DeclareContext,
  person: Person,
  body: OtherWorkBody,
): Promise<{ otherWorkId: string; pairs: ConflictPair[] }> {
  const nowMs = ctx.clock.nowMs();
  const plannedTo = new Date(body.plannedTo);
  if (plannedTo.getTime() <= nowMs) throw new AppError("other_work.time_over");
  const area = body.keyAreaId === null ? undefined : await selectActiveArea(ctx.db, body.keyAreaId);
  if (body.keyAreaId !== null && !area) throw new AppError("key_area.not_found");
  const firm = await selectActiveFirm(ctx.db, body.enterpriseId);
  const siteOwnerId = area?.site_owner_enterprise_id ?? body.siteOwnerEnterpriseId;
  const siteOwner = siteOwnerId === null ? undefined : await selectActiveFirm(ctx.db, siteOwnerId);
  if (!firm || (siteOwnerId !== null && !siteOwner)) throw new AppError("enterprise.not_found");
  requireScope(ownFirms(person), firm.region_code, firm.enterprise_id, siteOwner?.enterprise_id);
  const { place, extentMetres } = placeOf(body, area);
  const otherWorkId = ctx.newId();
  return await ctx.db.transaction().execute(async (tx) => {
    await insertOtherWork(tx, {
      other_work_id: otherWorkId,
      kind: body.kind,
      enterprise_id: firm.enterprise_id,
      site_owner_enterprise_id: siteOwner?.enterprise_id ?? null,
      key_area_id: area?.key_area_id ?? null,
      region_code: area?.region_code ?? siteOwner?.region_code ?? firm.region_code,
      latitude_degrees: place.latitudeDegrees,
      longitude_degrees: place.longitudeDegrees,
      extent_metres: extentMetres,
      floor: body.floor,
      height_metres: body.heightMetres,
      place_description: body.placeDescription,
      planned_from: new Date(body.plannedFrom),
      planned_to: plannedTo,
      contact_name_ciphertext: ctx.personalData.seal("name", body.contactName),
      contact_phone_ciphertext: ctx.personalData.seal("phone", body.contactPhone),
      declared_by: person.personId,
      declared_at: new Date(nowMs),
    });
    const work = (await goingWork(tx, { subject: "other-work", id: otherWorkId }))!;
    const pairs = await pairsOf(tx, work, nowMs);
    for (const pair of pairs) if (isDue(pair, nowMs)) await raiseConflict(ctx, tx, pair);
    await ctx.audit.record(tx, {
      actor: person.personId,
      action: "other_work.declared",
      subject: `other_work:${otherWorkId}`,
      details: { kind: body.kind, enterpriseId: firm.enterprise_id, conflicts: pairs.length },
    });
    return { otherWorkId, pairs };
  });
}

/** @throws AppError other_work.place_outside_area | .area_too_large */
function placeOf({ place, extentMetres }: OtherWorkBody, area: ActiveArea | undefined) {
  if (place !== null) {
    if (area && !isInBox(place, area)) throw new AppError("other_work.place_outside_area");
    return { place, extentMetres };
  }
  const { west_degrees: west, south_degrees: south, east_degrees: east, north_degrees: north } = area!;
  const middle = { latitudeDegrees: (south + north) / 2, longitudeDegrees: (west + east) / 2 };
  const corner = { latitudeDegrees: north, longitudeDegrees: east };
  const wholeMetres = distanceMetres(middle, corner);
  if (wholeMetres > MOST_EXTENT_METRES) throw new AppError("other_work.area_too_large");
  return { place: middle, extentMetres: wholeMetres };
}

function isInBox(place: NonNullable<OtherWorkBody["place"]>, area: ActiveArea): boolean {
  const { latitudeDegrees: north, longitudeDegrees: east } = place;
  const margin = AREA_MARGIN_DEGREES;
  return (
    north >= area.south_degrees - margin &&
    north <= area.north_degrees + margin &&
    east >= area.west_degrees - margin &&
    east <= area.east_degrees + margin
  );
}

/** Ends work before its time and clears what it conflicted with. @throws AppError other_work.over */
export async function endOtherWork(
  ctx: DeclareContext,
  person: Person,
  { other_work_id: otherWorkId }: OtherWorkRow,
  reason: string,
): Promise<void> {
  const at = new Date(ctx.clock.nowMs());
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await endRow(tx, otherWorkId, { at, by: person.personId, reason }))) {
      throw new AppError("other_work.over");
    }
    const key = `other-work:${otherWorkId}`;
    for (const row of await selectOpenConflicts(tx, key)) {
      await clearConflict(ctx, tx, row.work_conflict_id, "ended");
    }
    await ctx.audit.record(tx, {
      actor: person.personId,
      action: "other_work.ended",
      subject: `other_work:${otherWorkId}`,
      details: { reason },
    });
  });
}
