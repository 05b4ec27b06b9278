import type { EventDataByKind, EventKind, WorkSessionId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clearCooledMachines, clearQuietAlarms, promoteRecords } from "../src/features/alarms/alarms.ts";
import { Ingest } from "../src/ingest/ingest.ts";
import { alarmSteps, MINUTE_MS } from "./alarm-steps.ts";
import { type BuiltMachine, buildMachine, here } from "./county.ts";
import { engines } from "./database.ts";
import { type TwoFirms, twoFirms } from "./two-firms.ts";

type Said = { [Kind in EventKind]: [Kind, EventDataByKind[Kind]] }[EventKind];

describe.each(engines)("alarms of chips on %s", (engine) => {
  let firms: TwoFirms;
  let steps: ReturnType<typeof alarmSteps>;
  let machine: BuiltMachine;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    steps = alarmSteps(firms);
  });
  afterAll(() => firms?.app.close());
  beforeEach(async () => {
    firms.app.clock.advance(MINUTE_MS);
    machine = await buildMachine(firms.app.ctx, { enterpriseId: firms.own.enterpriseId, name: "演示报警机" });
    await firms.app.bringOnline(machine.chip);
  });

  const say = async (...[kind, data]: Said) => {
    firms.app.clock.advance(1_000);
    await firms.app.say(machine.chip.event(kind as "tamper", data as never));
  };
  const own = async () => await steps.list(`?machineId=${machine.machineId}&withRecorded=true`);

  test.each<[string, Said, Said]>([
    ["tamper", ["tamper", { raised: true }], ["tamper", { raised: false }]],
    [
      "gas-warning",
      ["gas-warning", { gasLelPermille: 120, raised: true }],
      ["gas-warning", { gasLelPermille: 60, raised: false }],
    ],
    ["gas-cut", ["gas-cut", { gasLelPermille: 260 }], ["gas-warning", { gasLelPermille: 60, raised: false }]],
    [
      "peripheral-lost",
      ["peripheral-lost", { peripheral: "gas-sensor", lost: true }],
      ["peripheral-lost", { peripheral: "gas-sensor", lost: false }],
    ],
    [
      "peripheral-lost",
      ["gas-sensor", { condition: "stuck", raised: true, forSeconds: 900 }],
      ["gas-sensor", { condition: "stuck", raised: false, forSeconds: 960 }],
    ],
  ])("%s is raised by the chip's event and cleared by its opposite", async (kind, raise, clear) => {
    await say(...raise);
    expect(await own()).toMatchObject([
      {
        kind,
        condition: "active",
        handling: "unacknowledged",
        machineName: "演示报警机",
        place: { latitudeDegrees: here.latitudeDegrees, longitudeDegrees: here.longitudeDegrees },
      },
    ]);
    const alarmId = (await own())[0]!.alarmId;
    expect((await steps.detail(alarmId)).evidence).toMatchObject([
      { kind: "chip-event", id: `${machine.chip.chipId}/1/1` },
    ]);
    await say(...clear);
    expect(await own()).toMatchObject([{ kind, condition: "cleared", handling: "unacknowledged" }]);
    await steps.close(alarmId);
    await say(...raise);
    expect((await own()).map(({ condition, handling }) => `${condition} ${handling}`)).toEqual([
      "active unacknowledged",
      "cleared closed",
    ]);
  });

  test.each<[string, Said]>([
    ["bypass-suspected", ["bypass-suspected", { currentDeciamps: 900 }]],
    ["bypass-suspected", ["energy-unaccounted", { wattHours: 420, overSeconds: 600 }]],
  ])("%s is cleared by nothing but a verified inspection", async (kind, raise) => {
    await say(...raise);
    const alarmId = (await steps.openOf(kind))[0]!.alarmId;
    await firms.app.say(machine.chip.telemetry());
    firms.app.clock.advance(90 * MINUTE_MS);
    await clearQuietAlarms(firms.app.ctx);
    expect(await own()).toMatchObject([{ condition: "active" }]);
    await steps.close(alarmId);
    expect(await own()).toMatchObject([{ condition: "cleared", handling: "closed" }]);
  });

  test("energy without a session of ours is an alarm, with one of ours or in a relay test it is none", async () => {
    const stranger = firms.app.ctx.newId() as WorkSessionId;
    await firms.app.say(machine.chip.energised(stranger));
    expect(await own()).toMatchObject([
      { kind: "energy-without-session", data: { workSessionId: stranger } },
    ]);
    expect(await steps.list(`?machineId=${firms.own.machine.machineId}`)).toEqual([]);
  });

  test("a gap in the event log is an alarm", async () => {
    const { chip } = machine;
    await say("locked", { locked: false });
    chip.event("locked", { locked: true });
    const after = chip.event("locked", { locked: false });
    for (let round = 0; round < 4; round++) {
      await firms.app.say({ ...after, receivedAtMs: firms.app.clock.nowMs() });
      firms.app.clock.advance(50_000);
    }
    expect(await own()).toMatchObject([{ kind: "event-gap", data: { boot: 1, seq: 3 } }]);
  });

  test("a stepped clock is cleared, and as a notice closed, when it has been quiet for the policy's time", async () => {
    const nowMs = firms.app.clock.nowMs();
    await say("clock-stepped", { fromMs: nowMs - 900_000, toMs: nowMs });
    firms.app.clock.advance(60 * MINUTE_MS - 1);
    await clearQuietAlarms(firms.app.ctx);
    expect(await own()).toMatchObject([{ condition: "active" }]);
    firms.app.clock.advance(1);
    await clearQuietAlarms(firms.app.ctx);
    expect(await own()).toMatchObject([{ condition: "cleared", handling: "closed" }]);
  });

  test("temperature is an alarm at the limit of the policy, and cleared 10 °C below", async () => {
    const measure = async (celsius: number) => {
      firms.app.clock.advance(1_000);
      await firms.app.say(machine.chip.telemetry({ temperatureDecicelsius: celsius * 10 }));
      await clearCooledMachines(firms.app.ctx);
    };
    await measure(69.9);
    expect(await own()).toEqual([]);
    await measure(70);
    await measure(75);
    expect(await own()).toMatchObject([
      { kind: "temperature", condition: "active", raisedCount: 1, data: { celsius: 70, limitCelsius: 70 } },
    ]);
    await measure(60.1);
    expect(await own()).toMatchObject([{ condition: "active" }]);
    await measure(60);
    expect(await own()).toMatchObject([{ condition: "cleared" }]);
  });

  test("raised again while open it counts, and is told once", async () => {
    const regulator = await steps.staff();
    for (let n = 0; n < 3; n++) await say("tamper", { raised: true });
    expect(await own()).toMatchObject([{ raisedCount: 3 }]);
    expect(await steps.told(regulator.personId)).toEqual(["raised tamper 0"]);
    await say("tamper", { raised: false });
    await say("tamper", { raised: true });
    expect(await own()).toMatchObject([{ raisedCount: 4, condition: "active" }]);
    expect(await steps.told(regulator.personId)).toEqual([
      "raised tamper 0",
      "cleared tamper 0",
      "raised-again tamper 0",
    ]);
  });

  test("the same event twice, in two batches or on two servers, is one alarm", async () => {
    const { ctx } = firms.app;
    const event = machine.chip.event("tamper", { raised: true });
    const other = new Ingest(ctx);
    await Promise.all([firms.app.say(event), other.take(event)]);
    await other.drain();
    await firms.app.say(event);
    expect(await own()).toMatchObject([{ raisedCount: 1 }]);
  });

  test("what comes later than the policy says is history, and becomes an alarm only when it lasts", async () => {
    const regulator = await steps.staff();
    const { chip } = machine;
    const { clock } = firms.app;
    const late = [
      chip.event("tamper", { raised: true }),
      chip.event("bypass-suspected", { currentDeciamps: 800 }),
    ];
    clock.advance(10 * MINUTE_MS + 1);
    await firms.app.say(...late.map((event) => ({ ...event, receivedAtMs: clock.nowMs() })));
    expect((await own()).map(({ kind, handling, wasLate }) => [kind, handling, wasLate]).sort()).toEqual([
      ["bypass-suspected", "recorded", true],
      ["tamper", "recorded", true],
    ]);
    expect(await steps.list(`?machineId=${machine.machineId}`)).toEqual([]);
    await promoteRecords(firms.app.ctx);
    expect(await steps.told(regulator.personId)).toEqual([]);
    clock.advance(MINUTE_MS);
    await promoteRecords(firms.app.ctx);
    await promoteRecords(firms.app.ctx);
    expect(await steps.list(`?machineId=${machine.machineId}`)).toMatchObject([
      { kind: "tamper", condition: "active", wasLate: false },
    ]);
    expect(await steps.told(regulator.personId)).toEqual(["raised tamper 0"]);
  });

  test("late news that is over by the time the chip has told all raises nothing", async () => {
    const { clock } = firms.app;
    const late = [
      machine.chip.event("tamper", { raised: true }),
      machine.chip.event("tamper", { raised: false }),
    ];
    clock.advance(11 * MINUTE_MS);
    for (const event of late) await firms.app.say({ ...event, receivedAtMs: clock.nowMs() });
    clock.advance(2 * MINUTE_MS);
    await promoteRecords(firms.app.ctx);
    expect(await own()).toMatchObject([{ handling: "recorded", condition: "cleared" }]);
  });

  test("who is at work is told and named, with the site", async () => {
    const { own: firm, app, workSessionId } = firms;
    await app.say(firm.machine.chip.event("gas-warning", { gasLelPermille: 130, raised: true }));
    const [alarm] = await steps.list(`?machineId=${firm.machine.machineId}`);
    expect(await steps.detail(alarm!.alarmId)).toMatchObject({
      workSessionId,
      welder: { welderId: firm.welder.welderId, name: "演***" },
    });
    expect(await steps.told(firm.welder.personId)).toEqual(["raised gas-warning 0"]);
  });
});
