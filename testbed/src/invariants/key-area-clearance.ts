import { metresInsideFence } from "@hanyouxu/protocol";
import type { Invariant } from "./invariant.ts";

/** A receiver errs; who stands deeper inside than this can be known to be inside. */
const SURELY_INSIDE_METRES = 40;

interface AreaRow {
  key_area_id: string;
  name: string;
  geometry: { type: "Polygon"; coordinates: [number, number][][] };
  demands: { permit: boolean; sceneCheck: boolean; fireWatch: boolean };
}

interface SessionRow {
  work_session_id: string;
  clearance: { keyAreaId: string; isReadyToStart: boolean } | null;
}

/**
 * 5. In a key area nothing starts without its clearance: wherever a relay was closed, by where the machine truly stood and
 * not by what its receiver said. Measured by the protocol's own fence, not by the engine under test.
 */
export const keyAreaClearance: Invariant = {
  name: "no start in a key area without a clearance",

  async checkPlatform({ record }, platform) {
    const areas = await platform.read<AreaRow>(
      `select a.key_area_id, a.name, v.geometry, v.policy->'demands' as demands
       from key_areas a join key_area_versions v using (key_area_id, version)
       where a.status = 'active' and v.geometry->>'type' = 'Polygon'`,
    );
    const demanding = areas.filter(
      ({ demands }) => demands.permit || demands.sceneCheck || demands.fireWatch,
    );
    if (demanding.length === 0) return [];
    const sessions = await platform.read<SessionRow>(
      `select s.work_session_id, d.facts->'clearance' as clearance
       from work_sessions s join decisions d using (decision_id)`,
    );
    const clearances = new Map(sessions.map((row) => [row.work_session_id, row.clearance]));
    return record.spans.flatMap(({ machineId, workSessionId, place }) => {
      if (!place) return [];
      const { latitudeDegrees, longitudeDegrees } = place;
      return demanding.flatMap((area) => {
        const metres = metresInsideFence(
          {
            kind: "polygon",
            vertices: area.geometry.coordinates[0]!.map(([longitude, latitude]) => ({
              latitudeE7: latitude * 1e7,
              longitudeE7: longitude * 1e7,
            })),
          },
          latitudeDegrees * 1e7,
          longitudeDegrees * 1e7,
        );
        if (metres < SURELY_INSIDE_METRES) return [];
        const clearance = clearances.get(workSessionId);
        return clearance?.keyAreaId === area.key_area_id && clearance.isReadyToStart
          ? []
          : [`${machineId} was started ${Math.round(metres)} m inside of ${area.name} without a clearance`];
      });
    });
  },
};
