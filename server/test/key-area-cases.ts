import { here } from "./county.ts";

/** A place so many thousandths of a degree (about 100 m) to the east and north of where tests work. */
export const placeAt = (east: number, north: number): [number, number] => [
  Number((here.longitudeDegrees + east / 1000).toFixed(7)),
  Number((here.latitudeDegrees + north / 1000).toFixed(7)),
];

/** A square outline, closed and anticlockwise. */
export function squareAt(east: number, north: number, side: number): [number, number][] {
  return [
    placeAt(east, north),
    placeAt(east + side, north),
    placeAt(east + side, north + side),
    placeAt(east, north + side),
    placeAt(east, north),
  ];
}

export const polygon = (...rings: [number, number][][]) => ({
  type: "polygon",
  geometry: { type: "Polygon", coordinates: rings },
});

/** What a form sends for a key area, with what a test changes of it. */
export function areaBody(change: Record<string, unknown> = {}) {
  return {
    kind: "hospital",
    name: "演示人民医院",
    region: "330723100",
    siteOwnerEnterpriseId: null,
    address: "演示路 1 号",
    contacts: [{ name: "演示欧阳某", phone: "13800000001" }],
    shape: polygon(squareAt(0, 0, 2)),
    floors: null,
    minHeightMetres: null,
    maxHeightMetres: null,
    validity: { from: null, until: null, openingHours: [], specialPeriods: [] },
    policy: {
      demands: { permit: true, sceneCheck: true, fireWatch: true, smoulderWatch: true },
      sceneCheckAttempts: 2,
      graceMinutes: 0,
      smoulderWatchMinutes: 60,
      workWhileOpen: "forbidden",
    },
    reason: "演示登记",
    ...change,
  };
}
