import type { PersonId } from "@hanyouxu/protocol";
import { defaultKeyAreaPolicy, regimeOfKind } from "@hanyouxu/rules";
import { createKeyAreas, type KeyAreaData, type Store } from "@hanyouxu/server";
import { type County, cornersOf, type DemoKeyArea } from "@hanyouxu/simulator";

/** Draws the county's key areas, as its regulator would. */
export async function addCountyAreas(store: Store, county: County): Promise<void> {
  const { personId } = county.demoAccounts.find(({ role }) => role === "regulator")!;
  const by = { actor: personId as PersonId, reason: "演示数据" };
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
