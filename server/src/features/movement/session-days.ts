import { shanghaiDay } from "@hanyouxu/rules";
import type { MovementDay } from "./classify-movement.ts";
import { WORST_ACCURACY_METRES } from "./day-places.ts";

interface FactPlace {
  latitudeDegrees: number;
  longitudeDegrees: number;
  accuracyMetres: number;
}

/** A work session by when it was granted, and where machine and phone were then. */
export interface SessionPlace {
  granted_at: Date;
  chip_position: FactPlace | null;
  phone_position: FactPlace | null;
}

/** The days of somebody's work from sessions in the order of time: a session is a stay where the machine was. */
export function daysOfSessions(sessions: readonly SessionPlace[]): MovementDay[] {
  return [...Map.groupBy(sessions, (session) => shanghaiDay(session.granted_at.getTime()))].map(
    ([day, own]) => ({
      day,
      places: own.flatMap((session) => {
        const place = [session.chip_position, session.phone_position].find(
          (fix) => fix !== null && fix.accuracyMetres <= WORST_ACCURACY_METRES,
        );
        if (!place) return [];
        const { latitudeDegrees, longitudeDegrees } = place;
        return [
          {
            latitudeDegrees,
            longitudeDegrees,
            fixes: 1,
            arcFixes: 1,
            firstAtMs: session.granted_at.getTime(),
          },
        ];
      }),
    }),
  );
}
