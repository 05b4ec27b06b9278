import type { Position } from "@hanyouxu/protocol";

const WAIT_MS = 8_000;
/** A position this young is as good as a new one: the scan is where the person stands. */
const FRESH_MS = 30_000;

/** Where the phone is (browsers give WGS-84), or null when it is denied, unknown or takes too long. */
export function phonePosition(): Promise<Position | null> {
  if (!navigator.geolocation) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitudeDegrees: coords.latitude,
          longitudeDegrees: coords.longitude,
          accuracyMetres: coords.accuracy,
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: FRESH_MS },
    );
  });
}
