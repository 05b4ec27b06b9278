import { beRefused, causesAt, scanForgedCodes } from "./alarm-causes.ts";
import { openAlarmDesk } from "./alarm-desk.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import { stationStaff } from "./station-staff.ts";

test("alarms of nine kinds come to the desk at once, are handled on a phone and closed", async ({
  system,
  deviceOf,
  scenarios,
  desk,
  phoneOf,
  regulator,
}) => {
  test.setTimeout(1_200_000);
  const { machines } = system.county.cast;
  const at = (id: string) => system.fleet.machine(id)!;
  const causes = causesAt({
    hot: at(machines.spotWelder),
    cut: at(machines.second),
    bridged: at(machines.foreign),
    unplugged: at(machines.locked),
    rebooted: at(machines.tampered),
  });
  const { page } = await desk();
  const alarms = await openAlarmDesk(page, system, regulator);

  try {
    for (const { kind, at, begin } of causes) {
      await test.step(kind, async () => {
        await begin();
        // A chip at rest reports its temperature once a minute.
        if (kind !== "temperature") await alarms.expectShown(kind, at.machine.machineId);
      });
    }
    const scan = async (id: string, times?: number) => {
      const { welder, machine, phonePosition } = scenarios.find((one) => one.id === id)!;
      const phone = await phoneOf(welder, phonePosition);
      await beRefused(phone, at(machine.machineId).machineCode, times);
      return phone;
    };
    await test.step("scans", async () => {
      const phone = await scan("expired");
      await alarms.expectShown("certificate-expired");
      await scan("out-of-distance");
      await alarms.expectShown("far-scan");
      await scan("uncertified", 5);
      await alarms.expectShown("repeated-refusals");
      await scanForgedCodes(phone, 3);
      await alarms.expectShown("forged-codes");
    });
    await alarms.expectShown("temperature", machines.spotWelder);
    await look(page, "alarm-kinds-desk");
  } finally {
    for (const { end } of causes) await end();
  }

  const place = at(machines.second).world.body.place;
  const staff = await stationStaff(deviceOf, system.url, regulator, system.county.code, place);
  await alarms.handle(alarms.shown, staff);
  await staff.context.close();
  await alarms.close(alarms.shown);
});
