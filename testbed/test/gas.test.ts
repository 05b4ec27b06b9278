import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gasInspectionRoutes, machineRoutes } from "@hanyouxu/api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { demoRegulator, eventsOf } from "../src/regulator.ts";
import { startVirtualSystem } from "../src/virtual-system.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "hanyouxu-gas-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test("gas rises with the broker away: the chip warns and cuts by itself, the platform learns it with its true time", async () => {
  await using system = await startVirtualSystem({
    seed: 4,
    dir,
    machines: 12,
    crew: { share: () => 1 },
  });
  const { fleet, driver, broker, clock } = system;
  const isAtWork = () => fleet.machines.find((at) => at.world.traits.hasGasSensor && at.isPowered);
  await driver.until("a machine with a gas sensor at work", () => isAtWork() !== undefined);
  const at = isAtWork()!;
  const { machineId } = at.machine;
  await driver.run(20_000);
  expect(at.isPowered).toBe(true);

  broker.partition(at.chipId, true);
  const awayAtMs = clock.nowMs();
  at.disturb({ leakPercentLel: 30 });
  await driver.until("the relay has opened", () => !at.isPowered, 120_000);
  const cutAtMs = clock.nowMs();
  expect(at.chip.state().gas.cutAt).not.toBeNull();
  await driver.run(300_000);
  at.disturb({ leakPercentLel: 0 });
  await driver.run(120_000);
  const regulator = await driver.through("sign in", demoRegulator(system.url, system.fetch));
  const detail = async () =>
    await driver.through(
      "the machine's page",
      regulator.call(machineRoutes.getMachine, { params: { machineId } }),
    );
  expect((await detail()).openGasCut).toBeNull();

  broker.partition(at.chipId, false);
  await driver.until("back", () => at.chip.state().log.pending.length === 0, 600_000);
  const backAtMs = clock.nowMs();
  await driver.run(5_000);
  const told = await driver.through("events", eventsOf(regulator, machineId));
  const timeOf = (kind: string) => {
    const event = told.findLast((one) => one.kind === kind)!;
    expect(Date.parse(event.receivedAt)).toBeGreaterThan(cutAtMs + 300_000);
    return Date.parse(event.occurredAt);
  };
  expect(timeOf("gas-warning")).toBeGreaterThan(awayAtMs);
  expect(Math.abs(timeOf("gas-cut") - cutAtMs)).toBeLessThan(2_000);
  expect(backAtMs - timeOf("gas-cut")).toBeGreaterThan(400_000);
  expect(told.every(({ chainIntact }) => chainIntact)).toBe(true);
  expect((await detail()).openGasCut).toMatchObject({ inspectedAt: null });

  const body = { reason: "演示：现场已通风，未见泄漏" };
  await driver.through(
    "inspected",
    regulator.call(gasInspectionRoutes.inspectGasCut, { params: { machineId }, body }),
  );
  await driver.until("the chip takes it", () => at.chip.state().gas.cutAt === null, 60_000);
  await driver.run(5_000);
  expect((await detail()).openGasCut).toBeNull();
}, 300_000);
