import type { AreaGeometry, DutyKind } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { buildRegion, buildStaff, county, here, otherCounty, township } from "./county.ts";
import type { TestPlatform } from "./platform.ts";

export const DAY_MS = 86_400_000;

/** A county with staff of every kind that has to do with fire stations. */
export async function dutyCounty(app: TestPlatform) {
  for (const code of ["33", "3307", county, township, otherCounty] as never[])
    await buildRegion(app.ctx, code);
  const regulator = await buildStaff(app, "regulator", { region: county });
  const stranger = await buildStaff(app, "regulator", { region: otherCounty });
  const staff = [];
  for (let n = 0; n < 4; n++) staff.push(await buildStaff(app, "station-staff", { region: county }));
  const as = (
    person: { cookie: string },
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    body?: object,
  ) => app.call(method, url, { cookie: person.cookie, ...(body ? { body } : {}) });
  return { regulator, stranger, staff: staff as { personId: PersonId; cookie: string }[], as };
}

export const stationBody = (change: object = {}) => ({
  name: "演示城关消防站",
  region: township,
  phone: "0579-000001",
  place: { latitudeDegrees: here.latitudeDegrees, longitudeDegrees: here.longitudeDegrees },
  areaRegions: [township] as string[],
  areaGeometry: null as AreaGeometry | null,
  kinds: ["hot-work", "fire", "gas", "electrical"] as DutyKind[],
  ...change,
});

/** A square of so many degrees around a place. */
export function squareAround(latitude: number, longitude: number, half = 0.01): AreaGeometry {
  const [west, east, south, north] = [longitude - half, longitude + half, latitude - half, latitude + half];
  return {
    type: "Polygon",
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}
