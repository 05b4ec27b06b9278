import { expect, test } from "vitest";
import { clearanceSteps } from "./clearance-steps.ts";
import { buildStaff, county } from "./county.ts";
import { stationBody } from "./duty-stations.ts";
import { buildHotWorkTown, point } from "./hot-work.ts";
import { withPlatform } from "./platform.ts";

/** A database, a town and a clearance in one test, on a machine that is busy. */
const LONG_MS = 120_000;

test(
  "a call goes to who is on duty at the station of the place, and to others only when nobody answers",
  async () => {
    const app = await withPlatform("pglite");
    try {
      const town = await buildHotWorkTown(app);
      const steps = clearanceSteps(app, town);
      const onDuty = await buildStaff(app, "station-staff", { region: county });
      const regulator = await buildStaff(app, "regulator", { region: county });
      const as = (method: "POST" | "PUT", url: string, body: object) =>
        app.call(method, url, { cookie: regulator.cookie, body });
      const made = await as(
        "POST",
        "/api/fire-stations",
        stationBody({
          place: { latitudeDegrees: point.latitudeDegrees, longitudeDegrees: point.longitudeDegrees },
        }),
      );
      const url = `/api/fire-stations/${made.json().fireStationId}`;
      await as("PUT", `${url}/members/${onDuty.personId}`, { kinds: ["hot-work"] });
      const shift = {
        personId: onDuty.personId,
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        startsAt: "00:00",
        endsAt: "00:00",
      };
      await as("POST", `${url}/roster-shifts`, { ...shift, fromDay: "2026-01-01" });

      const id = await steps.permitted();
      await steps.judged(id, "fail");
      await steps.judged(id, "fail");
      expect(await steps.noticesOf(onDuty)).toEqual(["scene"]);
      expect(await steps.noticesOf(town.station)).not.toContain("scene");
      const messages = app.ctx.db.selectFrom("messages").select(["person_id", "severity", "words"]);
      const told = () => messages.where("template", "=", "station-called").execute();
      expect(await told()).toEqual([
        {
          person_id: onDuty.personId,
          severity: "danger",
          words: { area: expect.stringMatching(/演示/), cause: "scene" },
        },
      ]);
      app.clock.advance(24 * 3_600_000);
      await steps.sweep();
      expect(await steps.noticesOf(town.station)).toContain("scene");
      expect((await told()).map(({ person_id }) => person_id)).toContain(town.station.personId);
    } finally {
      await app.close();
    }
  },
  LONG_MS,
);
