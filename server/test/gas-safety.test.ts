import type { EnterpriseId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { followConfigurations } from "../src/features/chip-configurations/chip-configurations.ts";
import { tellInspections } from "../src/features/gas-inspections/gas-inspections.ts";
import { buildMachine, county } from "./county.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

describe.each(engines)("gas safety on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    ({ app } = firms);
    enterpriseId = firms.own.enterpriseId;
  });
  afterAll(() => app?.close());
  beforeEach(() => app.clock.advance(60_000));

  const reason = { reason: "演示：现场已通风，未见泄漏" };
  const urlOf = (machineId: string) => `/api/machines/${machineId}/gas-inspection`;
  const cutOf = async (machineId: string) =>
    (await firms.get("officer", `/api/machines/${machineId}`)).json().openGasCut;

  async function cutMachine() {
    const machine = await buildMachine(app.ctx, { enterpriseId, name: "演示气体" });
    await app.bringOnline(machine.chip);
    await app.say(machine.chip.event("gas-cut", { gasLelPermille: 260 }));
    return { ...machine, cutBoot: machine.chip.boot, cutSeq: machine.chip.seq };
  }

  describe("an inspection after a gas cut", () => {
    test("is for staff within reach", async () => {
      const { machineId } = await cutMachine();
      expect(codeOf(await firms.post(undefined, urlOf(machineId), reason))).toBe("401 sign_in.required");
      for (const who of ["welder", "installer"] as const)
        expect(codeOf(await firms.post(who, urlOf(machineId), reason))).toBe("403 role.forbidden");
      for (const who of ["otherOfficer", "otherRegulator"] as const)
        expect(codeOf(await firms.post(who, urlOf(machineId), reason))).toBe("403 region.out_of_scope");
      expect(codeOf(await firms.post("officer", urlOf(nobody), reason))).toBe("404 machine.not_found");
      expect((await firms.post("officer", urlOf(machineId), { reason: " " })).statusCode).toBe(400);
    });

    test("names the cut to the chip, and is over when the chip has taken it", async () => {
      const { machineId, chip, cutBoot, cutSeq } = await cutMachine();
      expect(await cutOf(machineId)).toMatchObject({ gasLelPercent: 26, inspectedAt: null });
      const sent = await firms.post("officer", urlOf(machineId), reason);
      const command = app.lastCommandTo(chip, "gas-inspection");
      expect(sent.json()).toEqual({ commandId: command.commandId });
      expect(command).toMatchObject({ cutBoot, cutSeq });
      await app.say(chip.answer(command.commandId, "accepted"));
      await app.say(chip.event("gas-inspected", { cutBoot, cutSeq }));
      expect(await cutOf(machineId)).toBeNull();
      expect(codeOf(await firms.post("officer", urlOf(machineId), reason))).toBe("409 gas_inspection.no_cut");
      const audit = await app.ctx.db
        .selectFrom("audit_log")
        .select("details")
        .where("action", "=", "machine.gas_inspected")
        .where("subject", "=", `machine:${machineId}`)
        .orderBy("seq")
        .execute();
      expect(audit).toEqual([{ details: { ...reason, cutBoot, cutSeq } }]);
    });

    test("is told again until the chip answers, and not after its word", async () => {
      const { machineId, chip } = await cutMachine();
      await firms.post("officer", urlOf(machineId), reason);
      const toldTimes = () => app.commandsTo(chip).filter(({ kind }) => kind === "gas-inspection").length;
      await tellInspections(app.ctx);
      expect(toldTimes()).toBe(1);
      app.clock.advance(31_000);
      await app.say(chip.telemetry());
      await tellInspections(app.ctx);
      expect(toldTimes()).toBe(2);
      await app.say(chip.answer(app.lastCommandTo(chip, "gas-inspection").commandId, "gas"));
      app.clock.advance(31_000);
      await app.say(chip.telemetry());
      await tellInspections(app.ctx);
      expect(toldTimes()).toBe(2);
      expect(await cutOf(machineId)).toMatchObject({ inspectionAnswer: "gas" });
    });

    test("waits for a chip that is away", async () => {
      const { machineId, chip } = await cutMachine();
      app.clock.advance(600_000);
      await firms.post("officer", urlOf(machineId), reason);
      app.clock.advance(3_600_000);
      const before = app.commandsTo(chip).length;
      await tellInspections(app.ctx);
      expect(app.commandsTo(chip)).toHaveLength(before);
      await app.bringOnline(chip);
      await tellInspections(app.ctx);
      expect(app.commandsTo(chip).at(-1)).toMatchObject({ kind: "gas-inspection" });
    });
  });

  test("a start refused while the sensor warms up says when to try again", async () => {
    const machine = await buildMachine(app.ctx, { enterpriseId, name: "演示预热" });
    await app.bringOnline(machine.chip);
    const started = (await firms.start("welder", machine.machineCode)).json();
    const { workSessionId } = started.workSession;
    const { commandId } = app.lastCommandTo(machine.chip, "grant");
    await app.say(machine.chip.postponed(commandId, "gas-warming-up", 95));
    const session = (await firms.get("officer", `/api/work-sessions/${workSessionId}`)).json();
    expect(session).toMatchObject({
      status: "not-started",
      endReason: "gas-warming-up",
      retryAt: new Date(app.clock.nowMs() + 95_000).toISOString(),
    });
  });

  describe("the numbers of a region", () => {
    test("reach its chips once, and again when they change", async () => {
      const { chip } = await buildMachine(app.ctx, { enterpriseId, name: "演示参数" });
      await app.bringOnline(chip);
      const toldTo = () => app.commandsTo(chip).filter(({ kind }) => kind === "full-configuration");
      await followConfigurations(app.ctx);
      expect(toldTo()).toMatchObject([
        {
          version: 1,
          gasWarningLelPermille: 100,
          gasCutLelPermille: 200,
          gasDemand: "when-fitted",
          calibrationIntervalDays: 365,
          isOverdueCalibrationRefused: false,
        },
      ]);
      await app.say(chip.answer(toldTo()[0]!.commandId, "accepted"));
      app.clock.advance(61_000);
      await app.say(chip.telemetry());
      await followConfigurations(app.ctx);
      expect(toldTo()).toHaveLength(1);
      await app.ctx.db
        .insertInto("policies")
        .values({
          region_code: county,
          version: 1,
          effective_from: new Date(app.clock.nowMs()),
          values: JSON.stringify({
            gasSensorDemand: "always",
            overdueGasCalibration: "refuse",
            gasCutPercentLel: 15,
          }),
          changed_by: "test",
        })
        .execute();
      await followConfigurations(app.ctx);
      expect(toldTo().at(-1)).toMatchObject({
        version: 2,
        gasCutLelPermille: 150,
        gasDemand: "always",
        isOverdueCalibrationRefused: true,
      });
    });

    test("are not pressed on a chip that does not know them", async () => {
      const { chip } = await buildMachine(app.ctx, { enterpriseId, name: "演示旧芯" });
      await app.bringOnline(chip);
      await followConfigurations(app.ctx);
      await app.say(chip.answer(app.lastCommandTo(chip, "full-configuration").commandId, "unsupported"));
      app.clock.advance(61_000);
      await app.say(chip.telemetry());
      await followConfigurations(app.ctx);
      expect(app.commandsTo(chip).filter(({ kind }) => kind === "full-configuration")).toHaveLength(1);
    });
  });
});
