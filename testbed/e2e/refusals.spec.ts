import { type ApiClient, type MachineState, machineRoutes } from "@hanyouxu/api";
import { expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

/** Every way a start is refused in the demonstration, by the scenario's id. */
const REFUSED = [
  "uncertified",
  "expired",
  "review-overdue",
  "revoked",
  "wrong-process",
  "foreign-machine",
  "out-of-distance",
  "location-off",
  "tampered",
  "locked",
  "offline",
];

test("the script of refusals is complete", ({ scenarios }) => {
  const scripted = scenarios.filter(({ expected }) => expected.outcome === "refuse").map(({ id }) => id);
  expect(REFUSED.toSorted()).toEqual(scripted.toSorted());
});

for (const id of REFUSED) {
  test(`${id}: refused with its own rule, clause and fix, and the relay stays open`, async ({
    system,
    scenarios,
    regulator,
    phoneOf,
    desk,
  }) => {
    const { welder, machine, phonePosition, prepare, expected } = scenarios.find(
      (scenario) => scenario.id === id,
    )!;
    const ruleId = expected.outcome === "refuse" ? expected.ruleId : "";
    const at = system.fleet.machine(machine.machineId);
    if (prepare === "cut-loop") {
      at!.disturb({ isLoopCut: true });
      await expectState(regulator, machine.machineId, "tampered");
    }
    if (prepare === "lock") {
      const office = await desk();
      await office.openMachine(machine.machineId);
      await office.command("lock", "年检未通过");
      await expectState(regulator, machine.machineId, "locked");
    }
    const phone = await phoneOf(welder, phonePosition);
    await phone.openMachine(await codeOf(regulator, machine.machineId));
    await phone.startButton.click();
    const reason = phone.reason(ruleId);
    await expect(reason).toBeVisible();
    await expect(reason.locator(".reason-title")).not.toBeEmpty();
    await expect(reason.locator(".reason-fix")).toContainText("怎么办");
    await expect(reason.locator(".reason-clause")).toContainText("依据");
    expect(at?.isPowered ?? false).toBe(false);
    await expectSound(phone.page);
  });
}

async function expectState(regulator: ApiClient, machineId: string, state: MachineState): Promise<void> {
  await expect
    .poll(async () => (await regulator.call(machineRoutes.getMachine, { params: { machineId } })).state)
    .toBe(state);
}

async function codeOf(regulator: ApiClient, machineId: string): Promise<string> {
  return (await regulator.call(machineRoutes.getMachine, { params: { machineId } })).machineCode;
}
