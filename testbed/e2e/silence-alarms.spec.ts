import type { Cause } from "./alarm-causes.ts";
import { openAlarmDesk } from "./alarm-desk.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import { bringOnline } from "./own-fleet.ts";
import { silenceCauses, silenceJobsOf } from "./silence-causes.ts";
import { stationStaff } from "./station-staff.ts";
import { JobPool } from "./work-jobs.ts";

test("silent chips, chips away, rising gas and an outage come to the desk, are handled on a phone and closed", async ({
  system,
  deviceOf,
  desk,
  regulator,
}) => {
  test.setTimeout(1_200_000);
  const jobs = silenceJobsOf(new JobPool(system.county));
  const machines = [jobs.silent, jobs.away, jobs.leaking, ...jobs.district].map(({ machine }) => machine);
  await using own = await bringOnline(system, regulator, machines);
  const scene = { system, regulator, own, jobs };
  const { silent, away, rising, outage, startDistrict } = silenceCauses(scene);
  const going = new Set<Cause>();
  const begin = async (cause: Cause) => {
    going.add(cause);
    await cause.begin();
  };
  const end = async (cause: Cause) => {
    if (going.delete(cause)) await cause.end();
  };
  const { page } = await desk();
  const { place } = silent.at.world.body;
  const staff = await stationStaff(deviceOf, system.url, regulator, system.county.code, place);
  const alarms = await openAlarmDesk(page, system, regulator);
  try {
    for (const cause of [rising, silent, away]) await begin(cause);
    await startDistrict();
    for (const { kind, at } of [silent, away]) await alarms.expectShown(kind, at.machine.machineId);
    await alarms.handle([silent.kind, away.kind], staff);
    // During an outage no single chip is looked at: these two are heard again before.
    for (const cause of [silent, away]) await end(cause);
    await begin(outage);
    await alarms.expectShown(rising.kind, rising.at.machine.machineId);
    await alarms.handle([rising.kind], staff);
    await end(rising);
    await alarms.expectShown(outage.kind);
    await look(page, "alarm-silence-desk");
    await alarms.handle([outage.kind], staff);
  } finally {
    for (const cause of [...going]) await end(cause);
  }
  await alarms.close(alarms.shown);
  await staff.context.close();
});
