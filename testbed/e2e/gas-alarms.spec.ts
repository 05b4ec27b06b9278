import { openAlarmDesk } from "./alarm-desk.ts";
import { ConsolePages } from "./console-pages.ts";
import { expect, test } from "./fixtures.ts";
import { bringOnline } from "./own-fleet.ts";
import { stationStaff } from "./station-staff.ts";
import { hasGasSensor, JobPool } from "./work-jobs.ts";

/** Between the warning at 10 %LEL and the cut at 20; and far above both. */
const WARNED = 15;
const CUT = 40;
const PHYSICS = { timeout: 120_000 };

test("a leak warns, then cuts; both come to the desk, are handled on a phone, inspected and closed", async ({
  system,
  deviceOf,
  desk,
  regulator,
}) => {
  test.setTimeout(1_200_000);
  const pool = new JobPool(system.county);
  // The first with a sensor is another spec's.
  pool.take(hasGasSensor);
  const { machine } = pool.take(hasGasSensor);
  await using own = await bringOnline(system, regulator, [machine]);
  const at = own.fleet.machine(machine.machineId)!;
  const { page } = await desk();
  const staff = await stationStaff(
    deviceOf,
    system.url,
    regulator,
    machine.townshipCode,
    at.world.body.place,
  );
  const alarms = await openAlarmDesk(page, system, regulator);
  try {
    at.disturb({ leakPercentLel: WARNED });
    await alarms.expectShown("gas-warning", machine.machineId);
    await alarms.handle(["gas-warning"], staff);
    expect(at.chip.state().gas.cutAt).toBe(null);
    at.disturb({ leakPercentLel: 0 });
    await alarms.close(["gas-warning"]);

    at.disturb({ leakPercentLel: CUT });
    await alarms.expectShown("gas-cut", machine.machineId);
    await alarms.handle(["gas-cut"], staff);
    expect(at.chip.state().gas.cutAt).not.toBe(null);
  } finally {
    at.disturb({ leakPercentLel: 0 });
  }
  await alarms.close(["gas-cut"]);
  // The air is clean, and the machine stays off until somebody says that he has looked.
  expect(at.chip.state().gas.cutAt).not.toBe(null);
  const office = new ConsolePages(await page.context().newPage(), "zh-CN");
  await office.openMachine(machine.machineId);
  await office.command("inspectGas", "演示：阀门已关，已通风");
  await expect.poll(() => at.chip.state().gas.cutAt, PHYSICS).toBe(null);
  await staff.context.close();
});
