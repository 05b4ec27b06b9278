import type { DutyKind } from "@hanyouxu/api";
import type { PersonId, Position, RegionCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { staffNearest } from "../staff-accounts/staff-accounts.ts";
import { onDutyOf } from "./on-duty.ts";
import type { MappedStation } from "./station-map.ts";
import { type StationOnDuty, stationOnDuty } from "./station-on-duty.ts";

export interface DutyQuestion {
  regionCode: RegionCode;
  /** Null where nobody knows it: the region decides. */
  position: Pick<Position, "latitudeDegrees" | "longitudeDegrees"> | null;
  /** What has to be handled: gas, electrical (tampering, bypass), fire (heat, embers), hot-work (scenes). */
  kind: DutyKind;
  atMs: number;
}

/** Who is asked next when nobody answers. */
export type DutyFallback =
  | ({ step: "neighbour" } & StationOnDuty)
  /** Staff of the region or the nearest above it that has some. */
  | { step: "region"; regionCode: RegionCode; personIds: readonly PersonId[] };

export interface DutyAnswer {
  /** Undefined where no station is registered for the place. */
  station: StationOnDuty | undefined;
  /** On duty now at the responsible station, those qualified for the kind first. */
  onDuty: readonly PersonId[];
  fallback: readonly DutyFallback[];
}

const MOST_NEIGHBOURS = 3;
/** GB/T 2260 and GB/T 10114: township, county, prefecture, province. */
const LEVELS = [9, 6, 4, 2];

/**
 * Which station answers for a place, who is on duty there now, and whom to ask when nobody answers: the nearest stations
 * of the county with somebody on duty, then staff of the region, level by level upwards. Within a transaction give it as
 * `db`.
 */
export async function whoIsOnDuty(
  ctx: Pick<AppContext, "db" | "stationMap">,
  { regionCode, position, kind, atMs }: DutyQuestion,
): Promise<DutyAnswer> {
  await ctx.stationMap.follow(ctx.db);
  const own = ctx.stationMap.responsible(regionCode, position, kind);
  const neighbours = ctx.stationMap.neighbours(own?.fireStationId, regionCode, position);
  const asked = [...(own ? [own] : []), ...neighbours];
  const people = await onDutyOf(
    ctx.db,
    asked.map(({ fireStationId }) => fireStationId),
    atMs,
  );
  const at = (station: MappedStation) => stationOnDuty(station, people, kind, position);
  const station = own && at(own);
  const fallback: DutyFallback[] = neighbours
    .map(at)
    .filter(({ personIds }) => personIds.length > 0)
    .slice(0, MOST_NEIGHBOURS)
    .map((neighbour) => ({ step: "neighbour", ...neighbour }));
  return {
    station,
    onDuty: station?.personIds ?? [],
    fallback: [...fallback, ...(await staffUpwards(ctx, regionCode))],
  };
}

/** Each level once: a level that has nobody is what `staffNearest` makes of it, and said only where it adds somebody. */
async function staffUpwards(ctx: Pick<AppContext, "db">, regionCode: RegionCode): Promise<DutyFallback[]> {
  const steps: DutyFallback[] = [];
  const asked = new Set<PersonId>();
  for (const length of LEVELS.filter((level) => level <= regionCode.length)) {
    const code = regionCode.slice(0, length) as RegionCode;
    const found = await staffNearest(ctx.db, regionCode, code, ["station-staff", "regulator"]);
    const personIds = found.filter((personId) => !asked.has(personId));
    for (const personId of personIds) asked.add(personId);
    if (personIds.length > 0) steps.push({ step: "region", regionCode: code, personIds });
  }
  return steps;
}
