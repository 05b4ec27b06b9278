import type { KeyAreaId, RegionCode } from "@hanyouxu/protocol";
import { defaultKeyAreaPolicy, regimeOfKind } from "@hanyouxu/rules";
import type { App } from "@hanyouxu/server";
import { type County, shiftPlace } from "@hanyouxu/simulator";

/** Every so-manyeth machine of the fleet stands in one. */
const EVERY = 8;
const RADIUS_METRES = 70;
const CORNERS = 32;
const KIND = "mall";

/** Key areas around some of a small county's machines: nothing may start there, for nobody has a clearance. */
export async function addKeyAreas({ db, newId, clock }: App["ctx"], county: County): Promise<void> {
  const cast = new Set<string>(Object.values(county.cast.machines));
  const chosen = county.machines
    .filter(({ machineId }) => !cast.has(machineId))
    .filter((_, index) => index % EVERY === 0);
  const { person_id: changedBy } = await db
    .selectFrom("persons")
    .select("person_id")
    .orderBy("person_id")
    .limit(1)
    .executeTakeFirstOrThrow();
  const { region_code: region } = await db
    .selectFrom("machines")
    .select("region_code")
    .orderBy("machine_id")
    .limit(1)
    .executeTakeFirstOrThrow();
  for (const [index, { home }] of chosen.entries()) {
    const revision = index + 1;
    await db.updateTable("key_areas_revision").set({ revision }).execute();
    await addArea(region, revision, home);
  }

  async function addArea(
    region_code: RegionCode,
    revision: number,
    home: { latitudeDegrees: number; longitudeDegrees: number },
  ): Promise<void> {
    const keyAreaId = newId() as KeyAreaId;
    const name = `演示商场${revision}`;
    const ring = Array.from({ length: CORNERS }, (_, corner) => {
      const angle = (2 * Math.PI * corner) / CORNERS;
      const place = shiftPlace(home, RADIUS_METRES * Math.sin(angle), RADIUS_METRES * Math.cos(angle));
      return [place.longitudeDegrees, place.latitudeDegrees];
    });
    const own = { key_area_id: keyAreaId, region_code, kind: KIND, name, version: 1 } as const;
    await db
      .insertInto("key_areas")
      .values({
        ...own,
        site_owner_enterprise_id: null,
        contacts_ciphertext: null,
        status: "active",
        revision,
        west_degrees: home.longitudeDegrees - 0.01,
        east_degrees: home.longitudeDegrees + 0.01,
        south_degrees: home.latitudeDegrees - 0.01,
        north_degrees: home.latitudeDegrees + 0.01,
      })
      .execute();
    await db
      .insertInto("key_area_versions")
      .values({
        ...own,
        status: "active",
        regime: regimeOfKind(KIND),
        site_owner_enterprise_id: null,
        address: null,
        geometry: JSON.stringify({ type: "Polygon", coordinates: [[...ring, ring[0]]] }),
        circle: null,
        floors: null,
        min_height_metres: null,
        max_height_metres: null,
        validity: JSON.stringify({ from: null, until: null, openingHours: [], specialPeriods: [] }),
        policy: JSON.stringify(defaultKeyAreaPolicy(KIND)),
        changed_by: changedBy,
        changed_at: new Date(clock.nowMs()),
        reason: "演示",
      })
      .execute();
  }
}
