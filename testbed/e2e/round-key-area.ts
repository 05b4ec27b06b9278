import type { keyAreaRoutes, RouteBody } from "@hanyouxu/api";

type KeyAreaBody = RouteBody<typeof keyAreaRoutes.createKeyArea>;

/** A round key area that demands nothing, so that it keeps nobody else's test from working. */
export function roundKeyArea(
  name: string,
  region: string,
  centre: [longitudeDegrees: number, latitudeDegrees: number],
  radiusMetres: number,
): KeyAreaBody {
  return {
    kind: "other",
    name,
    region,
    siteOwnerEnterpriseId: null,
    address: null,
    shape: { type: "circle", circle: { centre, radiusMetres } },
    floors: null,
    minHeightMetres: null,
    maxHeightMetres: null,
    validity: { from: null, until: null, openingHours: [], specialPeriods: [] },
    policy: {
      demands: { permit: false, sceneCheck: false, fireWatch: false, smoulderWatch: false },
      sceneCheckAttempts: 2,
      graceMinutes: 60,
      smoulderWatchMinutes: 0,
      workWhileOpen: "allowed",
    },
    reason: "演示",
  };
}
