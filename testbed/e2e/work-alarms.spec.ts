import { openAlarmDesk } from "./alarm-desk.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import { bringOnline } from "./own-fleet.ts";
import { stationStaff } from "./station-staff.ts";
import { workCauses, workJobsOf } from "./work-causes.ts";
import { JobPool } from "./work-jobs.ts";

test("alarms of work, its hours, places and papers come to the desk, are handled on a phone and closed", async ({
  system,
  deviceOf,
  desk,
  regulator,
}) => {
  test.setTimeout(1_200_000);
  const { apart, ...jobs } = workJobsOf(new JobPool(system.county));
  const machines = [...Object.values(jobs).map(({ machine }) => machine), ...apart.machines];
  await using own = await bringOnline(system, regulator, machines);
  const causes = workCauses({ system, regulator, own, jobs: { ...jobs, apart } });
  const { page } = await desk();
  const alarms = await openAlarmDesk(page, system, regulator);
  try {
    for (const { kind, begin } of causes) await test.step(kind, async () => await begin());
    for (const { kind, at } of causes) {
      // Of the papers of a person, wherever he works.
      const isOfMachine = kind !== "certificate-expiring";
      await alarms.expectShown(kind, isOfMachine ? at.machine.machineId : undefined);
    }
    await look(page, "alarm-work-desk");
    const { place } = causes[0]!.at.world.body;
    const staff = await stationStaff(deviceOf, system.url, regulator, system.county.code, place);
    await alarms.handle(alarms.shown, staff);
    await staff.context.close();
  } finally {
    for (const { end } of causes) await end();
  }
  await alarms.close(alarms.shown);
});
