import type { Position } from "@hanyouxu/protocol";

const WAIT_MS = 8_000;
/** A position this young is as good as a new one: the scan is where the person stands. */
const FRESH_MS = 30_000;

/** A position with how old it is by the phone's own clock. */
export interface PhoneFix extends Position {
  ageSeconds: number;
}

/** Where the phone is (browsers give WGS-84), or null when it is denied, unknown or takes too long. */
export async function phonePosition(): Promise<Position | null> {
  const fix = await phoneFix(FRESH_MS);
  if (!fix) return null;
  const { ageSeconds: _, ...position } = fix;
  return position;
}

/** The same, no older than asked for. */
export function phoneFix(maximumAge: number): Promise<PhoneFix | null> {
  if (!navigator.geolocation) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          latitudeDegrees: coords.latitude,
          longitudeDegrees: coords.longitude,
          accuracyMetres: coords.accuracy,
          ageSeconds: Math.max(0, (Date.now() - timestamp) / 1000),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge },
    );
  });
}
