import type { DutyKind, FireStation, FireStationBody } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { isForeignKeyViolation } from "../../db/sql-errors.ts";
import { AppError } from "../../errors.ts";
import { crossingOf, polygonsOf } from "../key-areas/key-areas.ts";
import { auditStation } from "./audit-station.ts";
import { countMembers, deleteMember, isStationStaff, putMember } from "./member-queries.ts";
import { onDutyOf } from "./on-duty.ts";
import { selectMembers } from "./roster-queries.ts";
import { insertStation, nextStationVersion, type StationRow, updateStation } from "./station-queries.ts";

type ChangeContext = Pick<AppContext, "db" | "clock" | "newId" | "audit">;
type ShowContext = Pick<AppContext, "db" | "clock" | "personalData">;

/** Stations as the API shows them. */
export async function stationsOf(ctx: ShowContext, rows: readonly StationRow[]): Promise<FireStation[]> {
  const ids = rows.map(({ fire_station_id }) => fire_station_id);
  const members = await countMembers(ctx.db, ids);
  const onDuty = await onDutyOf(ctx.db, ids, ctx.clock.nowMs());
  return rows.map((row) => ({
    fireStationId: row.fire_station_id,
    name: row.name,
    region: row.region_code,
    regionName: row.region_name,
    phone: row.phone,
    place: { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees },
    areaRegions: row.area_regions,
    areaGeometry: row.area_geometry,
    kinds: row.kinds,
    isActive: row.is_active,
    members: members.get(row.fire_station_id) ?? 0,
    onDuty: onDuty.filter(({ fireStationId }) => fireStationId === row.fire_station_id).length,
  }));
}

/** One with its people, names masked. */
export async function stationWithTeam(ctx: ShowContext, row: StationRow) {
  const [shown] = await stationsOf(ctx, [row]);
  const members = await selectMembers(ctx.db, [row.fire_station_id]);
  const onDuty = new Set(
    (await onDutyOf(ctx.db, [row.fire_station_id], ctx.clock.nowMs())).map(({ personId }) => personId),
  );
  const team = members.map(({ personId, kinds, isLeader, nameCiphertext }) => ({
    personId,
    name: maskName(ctx.personalData.open("name", nameCiphertext)),
    kinds: [...kinds],
    isOnDuty: onDuty.has(personId),
    isLeader,
  }));
  return { ...shown!, team };
}

/** @throws AppError fire_station.area_unsound | region.not_found */
export async function createStation(
  ctx: ChangeContext,
  body: FireStationBody,
  actor: PersonId,
): Promise<string> {
  const fire_station_id = ctx.newId();
  const now = new Date(ctx.clock.nowMs());
  await changing(ctx, async (tx) => {
    await insertStation(tx, { fire_station_id, ...columnsOf(body), created_at: now, changed_at: now });
    await auditStation(ctx, tx, actor, fire_station_id, "fire_station.created", { region: body.region });
  });
  return fire_station_id;
}

/** @throws AppError fire_station.area_unsound | region.not_found */
export async function changeStation(
  ctx: ChangeContext,
  { fire_station_id: id }: StationRow,
  body: FireStationBody,
  actor: PersonId,
): Promise<void> {
  await changing(ctx, async (tx) => {
    await updateStation(tx, id, { ...columnsOf(body), changed_at: new Date(ctx.clock.nowMs()) });
    await auditStation(ctx, tx, actor, id, "fire_station.changed", { isActive: body.isActive });
  });
}

async function changing(ctx: ChangeContext, work: (tx: AppContext["db"]) => Promise<void>): Promise<void> {
  try {
    await ctx.db.transaction().execute(async (tx) => {
      await nextStationVersion(tx);
      await work(tx);
    });
  } catch (error) {
    if (isForeignKeyViolation(error)) throw new AppError("region.not_found");
    throw error;
  }
}

function columnsOf(body: FireStationBody) {
  const { areaGeometry, place } = body;
  const isCrossed = areaGeometry && polygonsOf(areaGeometry).some((rings) => crossingOf(rings));
  if (isCrossed) throw new AppError("fire_station.area_unsound");
  return {
    name: body.name,
    region_code: body.region as RegionCode,
    phone: body.phone,
    latitude_degrees: place.latitudeDegrees,
    longitude_degrees: place.longitudeDegrees,
    area_regions: [...new Set(body.areaRegions)] as RegionCode[],
    area_geometry: areaGeometry && JSON.stringify(areaGeometry),
    kinds: [...new Set(body.kinds)],
    is_active: body.isActive,
  };
}

/** @throws AppError fire_station.not_station_staff | fire_station.member_elsewhere */
export async function joinStation(
  ctx: ChangeContext,
  station: Pick<StationRow, "fire_station_id" | "region_code">,
  personId: string,
  { kinds, isLeader }: { kinds: readonly DutyKind[]; isLeader: boolean },
  actor: PersonId,
): Promise<void> {
  const fireStationId = station.fire_station_id;
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await isStationStaff(tx, personId, station.region_code))) {
      throw new AppError("fire_station.not_station_staff");
    }
    const member = { personId: personId as PersonId, fireStationId, kinds, isLeader };
    if (!(await putMember(tx, { ...member, joinedAt: new Date(ctx.clock.nowMs()) }))) {
      throw new AppError("fire_station.member_elsewhere");
    }
    await auditStation(ctx, tx, actor, fireStationId, "fire_station.member_put", {
      personId,
      kinds: [...kinds],
      isLeader,
    });
  });
}

/** @throws AppError fire_station.not_a_member */
export async function leaveStation(
  ctx: ChangeContext,
  { fire_station_id: fireStationId }: StationRow,
  personId: string,
  actor: PersonId,
): Promise<void> {
  const today = shanghaiDay(ctx.clock.nowMs());
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await deleteMember(tx, fireStationId, personId, today))) {
      throw new AppError("fire_station.not_a_member");
    }
    await auditStation(ctx, tx, actor, fireStationId, "fire_station.member_removed", { personId });
  });
}
