import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type App, importRegister, openStation } from "@hanyouxu/server";
import { type County, demoPhone } from "@hanyouxu/simulator";

/** Phones of the demonstration's station staff: behind all others of its block. */
const FIRST_PHONE = 9_900;
const SHIFTS = [
  { name: "白班", startsAt: "08:00", endsAt: "20:00" },
  { name: "夜班", startsAt: "20:00", endsAt: "08:00" },
] as const;

const NOTHING = { regions: [], enterprises: [], welders: [], machines: [] };

/**
 * A fire station for every township with somebody on duty day and night, so that the demonstration's alarms reach
 * somebody. Done once; what people have changed since stays.
 */
export async function addCountyStations({ ctx }: Pick<App, "ctx">, county: County): Promise<void> {
  const { db } = ctx;
  if (await db.selectFrom("fire_stations").select("fire_station_id").limit(1).executeTakeFirst()) return;
  const { person_id: regulator } = await db
    .selectFrom("role_grants")
    .select("person_id")
    .where("role", "=", "regulator")
    .where("region_code", "=", county.code)
    .executeTakeFirstOrThrow();
  const teams = county.townships.map((township, index) => ({
    township,
    people: SHIFTS.map(({ name, ...hours }, shift) => ({
      ...hours,
      personId: ctx.newId() as PersonId,
      name: `演示${township.name}${name}站员`,
      phone: demoPhone(FIRST_PHONE + index * SHIFTS.length + shift),
    })),
  }));
  const persons = teams.flatMap(({ township, people }) =>
    people.map(({ personId, name, phone }) => ({
      personId,
      name,
      phone,
      roles: [{ role: "station-staff" as const, region: township.code as RegionCode, enterpriseId: null }],
    })),
  );
  await importRegister(ctx, { ...NOTHING, persons }, "system");
  for (const [index, { township, people }] of teams.entries()) {
    const { code, name, latitudeDegrees, longitudeDegrees } = township;
    await openStation(
      ctx,
      {
        name: `演示${name}应急消防站`,
        region: code,
        phone: `0579-0000${String(index).padStart(4, "0")}`,
        place: { latitudeDegrees, longitudeDegrees },
        areaRegions: [code],
        areaGeometry: null,
        kinds: ["gas", "electrical", "fire", "hot-work"],
        isActive: true,
      },
      people.map((person, member) => ({ ...person, isLeader: member === 0 })),
      regulator,
    );
  }
}
