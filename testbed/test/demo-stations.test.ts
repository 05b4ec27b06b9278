import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alarmRoutes, fireStationRoutes, messageRoutes } from "@hanyouxu/api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addCountyStations } from "../src/county-stations.ts";
import { demoRegulator } from "../src/regulator.ts";
import { startVirtualSystem } from "../src/virtual-system.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "hanyouxu-stations-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test("the demonstration has a station with somebody on duty in every township, and its alarms reach their people", async () => {
  await using system = await startVirtualSystem({ seed: 5, dir, machines: 3 });
  const { driver, fleet, county } = system;
  const app = system.server.app!;
  await driver.through("stations", addCountyStations(app, county));
  // Once: a restart adds none.
  await driver.through("stations again", addCountyStations(app, county));
  const regulator = await driver.through("sign in", demoRegulator(system.url, system.fetch));
  const stations = await driver.through(
    "list",
    regulator.call(fireStationRoutes.listFireStations, { query: { pageSize: 100 } }),
  );
  expect(stations.items).toHaveLength(county.townships.length);
  for (const { name, members, onDuty } of stations.items) {
    expect([name, members, onDuty]).toEqual([expect.stringContaining("演示"), 2, 1]);
  }

  const [at] = fleet.machines;
  await driver.until("the chip knows the time", () => at!.chip.state().clock.verifiedAtUptimeMs !== null);
  at!.disturb({ isLoopCut: true });
  await driver.run(30_000);
  const { items } = await driver.through(
    "alarms",
    regulator.call(alarmRoutes.listAlarms, { query: { kind: "tamper" } }),
  );
  expect(items).toHaveLength(1);
  const told = await driver.through(
    "messages",
    regulator.call(messageRoutes.listToldMessages, { query: { subjectId: items[0]!.alarmId, pageSize: 50 } }),
  );
  const rang = told.items.filter(({ deliveries }) => deliveries.some(({ status }) => status === "sent"));
  // Both of the township's station have a phone; the desk's accounts have none.
  expect(rang.length).toBeGreaterThanOrEqual(2);
}, 180_000);
