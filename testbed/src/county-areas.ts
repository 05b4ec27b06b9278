import { defaultKeyAreaPolicy, regimeOfKind } from "@hanyouxu/rules";
import { createKeyAreas, type KeyAreaData, type Store } from "@hanyouxu/server";
import { type County, cornersOf, type DemoKeyArea } from "@hanyouxu/simulator";

/** Draws the county's key areas as its regulator would, whose account is there already. */
export async function addCountyAreas(store: Store, county: County): Promise<void> {
  const { person_id: actor } = await store.db
    .selectFrom("role_grants")
    .select("person_id")
    .where("role", "=", "regulator")
    .where("region_code", "=", county.code)
    .executeTakeFirstOrThrow();
  const by = { actor, reason: "演示数据" };
  await createKeyAreas(store, county.keyAreas.map(areaOf), by);
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

function areaOf(area: DemoKeyArea): KeyAreaData {
  const { kind, name, townshipCode, siteOwnerId, centre, halfMetres, isRound } = area;
  const isCrowded = regimeOfKind(kind) === "crowded-place";
  const corners = cornersOf(area).map(
    ({ longitudeDegrees, latitudeDegrees }) => [longitudeDegrees, latitudeDegrees] as const,
  );
  return {
    kind,
    name,
    region: townshipCode,
    siteOwnerEnterpriseId: siteOwnerId,
    address: null,
    shape: isRound
      ? {
          type: "circle",
          circle: { centre: [centre.longitudeDegrees, centre.latitudeDegrees], radiusMetres: halfMetres },
        }
      : { type: "polygon", geometry: { type: "Polygon", coordinates: [corners] } },
    floors: kind === "mall" || kind === "hospital" ? ["B1", "1", "2", "3"] : null,
    minHeightMetres: null,
    maxHeightMetres: null,
    validity: {
      from: null,
      until: null,
      openingHours: isCrowded ? [{ weekdays: EVERY_DAY, opensAt: "08:00", closesAt: "22:00" }] : [],
      specialPeriods: [],
    },
    policy: defaultKeyAreaPolicy(kind),
  };
}
