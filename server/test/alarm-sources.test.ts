import { defaultAlarmPolicy, defaultClearancePolicy as policy } from "@hanyouxu/rules";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  clearQuietAlarms,
  followDangerousWork,
  followOtherWork,
  followRefusedStarts,
  followSilentChips,
} from "../src/features/alarms/alarms.ts";
import { passClearanceTime } from "../src/features/clearances/clearances.ts";
import { followKeyAreas } from "../src/features/places/places.ts";
import { alarmSteps, MINUTE_MS } from "./alarm-steps.ts";
import { clearanceSteps } from "./clearance-steps.ts";
import { type BuiltMachine, buildMachine, buildStaff, buildWelder, county, here } from "./county.ts";
import { engines } from "./database.ts";
import { buildEvidence, point } from "./hot-work.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { buildPaintedTown, type PaintedTown, simultaneousWork } from "./simultaneous-work.ts";
import { type TwoFirms, twoFirms } from "./two-firms.ts";

describe.each(engines)("alarms of starts and silence on %s", (engine) => {
  let firms: TwoFirms;
  let steps: ReturnType<typeof alarmSteps>;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    steps = alarmSteps(firms);
  });
  afterAll(() => firms?.app.close());
  beforeEach(() => firms.app.clock.advance(MINUTE_MS));

  const working = async (): Promise<BuiltMachine> => {
    const { app, own } = firms;
    const machine = await buildMachine(app.ctx, { enterpriseId: own.enterpriseId });
    const welder = await buildWelder(app, { enterprises: [own.enterpriseId] });
    await app.bringOnline(machine.chip);
    const started = (await firms.start(welder, machine.machineCode)).json();
    await app.say(machine.chip.energised(started.workSession.workSessionId));
    return machine;
  };
  const sweepStarts = async () =>
    await Promise.all([followRefusedStarts(firms.app.ctx), followRefusedStarts(firms.app.ctx)]);

  test("a scan from afar and an expired certificate are alarms, once, and quiet ones are cleared", async () => {
    const { app, own } = firms;
    const north = { ...here, latitudeDegrees: here.latitudeDegrees + 0.02 };
    const welder = await buildWelder(app, { enterprises: [own.enterpriseId] });
    await app.say(own.idle.chip.telemetry());
    const far = (await firms.start(welder, own.idle.machineCode, { position: north })).json();
    expect(far.outcome).toBe("refuse");
    const expired = await buildWelder(app, {
      enterprises: [own.enterpriseId],
      certificate: { validTo: "2026-01-31" },
    });
    const { decisionId } = (await firms.start(expired, own.idle.machineCode)).json();
    await sweepStarts();
    await sweepStarts();
    expect(await steps.openOf("far-scan")).toMatchObject([{ raisedCount: 1, data: { limitMetres: 200 } }]);
    const [alarm] = await steps.openOf("certificate-expired");
    expect(await steps.detail(alarm!.alarmId)).toMatchObject({
      decisionId,
      evidence: [{ kind: "decision", id: decisionId }],
      welder: { welderId: expired.welderId },
    });
    app.clock.advance(defaultAlarmPolicy.quietMinutes * MINUTE_MS);
    await clearQuietAlarms(app.ctx);
    for (const kind of ["far-scan", "certificate-expired"])
      expect(await steps.openOf(kind)).toMatchObject([{ condition: "cleared" }]);
  });

  test("five refusals within ten minutes are an alarm, four are none", async () => {
    const { app, own } = firms;
    const stranger = await buildWelder(app, {});
    for (let n = 1; n <= 5; n++) {
      app.clock.advance(1_000);
      await app.say(own.idle.chip.telemetry());
      expect((await firms.start(stranger, own.idle.machineCode)).json().outcome).toBe("refuse");
      await sweepStarts();
      expect(await steps.openOf("repeated-refusals")).toHaveLength(n < 5 ? 0 : 1);
    }
    app.clock.advance(defaultAlarmPolicy.quietMinutes * MINUTE_MS);
    await clearQuietAlarms(app.ctx);
    expect(await steps.openOf("repeated-refusals")).toMatchObject([{ condition: "cleared" }]);
  });

  test("a chip that is silent at work is an alarm after ten minutes, cleared when it speaks", async () => {
    const { app } = firms;
    const machine = await working();
    const others = [firms.own.machine];
    const wait = async (ms: number) => {
      app.clock.advance(ms);
      for (const { chip } of others) await app.say(chip.telemetry());
      await followSilentChips(app.ctx);
      return (await steps.openOf("chip-silent")).map(({ machineId, condition }) => [machineId, condition]);
    };
    expect(await wait(10 * MINUTE_MS - 1)).toEqual([]);
    expect(await wait(1)).toEqual([[machine.machineId, "active"]]);
    others.push(machine);
    expect(await wait(1_000)).toEqual([[machine.machineId, "cleared"]]);
  });

  test("when most fall silent together that is one alarm of the outage and no chip is blamed", async () => {
    const { app } = firms;
    const machines = [firms.own.machine];
    while (machines.length < 12) machines.push(await working());
    const before = (await steps.openOf("chip-silent")).length;
    const speak = async () => {
      for (const { chip } of machines) await app.say(chip.telemetry());
    };
    await speak();
    for (let minute = 1; minute <= 15; minute++) {
      app.clock.advance(MINUTE_MS);
      await Promise.all([followSilentChips(app.ctx), followSilentChips(app.ctx)]);
    }
    expect(await steps.openOf("chips-unreachable")).toMatchObject([{ condition: "active", raisedCount: 1 }]);
    expect(await steps.openOf("chip-silent")).toHaveLength(before);
    await speak();
    await followSilentChips(app.ctx);
    expect(await steps.openOf("chips-unreachable")).toMatchObject([{ condition: "cleared" }]);
    expect(await steps.openOf("chip-silent")).toHaveLength(before);
  });
});

describe.each(engines)("alarms of dangerous work on %s", (engine) => {
  let app: TestPlatform;
  let town: PaintedTown;
  let works: ReturnType<typeof simultaneousWork>;
  let cookie: string;
  beforeAll(async () => {
    app = await withPlatform(engine);
    town = await buildPaintedTown(app);
    works = simultaneousWork(app, town);
    cookie = (await buildStaff(app, "regulator", { region: county })).cookie;
  });
  afterAll(() => app?.close());
  const openOf = async (kind: string) => {
    await Promise.all([followDangerousWork(app.ctx), followDangerousWork(app.ctx)]);
    await Promise.all([followOtherWork(app.ctx), followOtherWork(app.ctx)]);
    return (await app.call("GET", `/api/alarms?isOpen=true&kind=${kind}`, { cookie })).json().items;
  };

  test("works too near each other are an alarm until one ends", async () => {
    const { clearanceId } = await works.weld();
    const declared = (await works.declare(works.painting(8))).json();
    expect(await openOf("simultaneous-work")).toMatchObject([
      {
        condition: "active",
        data: { otherWork: "solvent-cleaning-or-painting", metres: 8, limitMetres: 10 },
      },
    ]);
    app.clock.advance(1_000);
    const url = `/api/other-works/${declared.otherWork.otherWorkId}/end`;
    await works.call(town.painterOfficer, "POST", url, { reason: "演示停工" });
    await works.sweep();
    expect(await openOf("simultaneous-work")).toMatchObject([{ condition: "cleared" }]);
    expect(clearanceId).toBeDefined();
  });

  /** Through all that a clearance needs but the start; another machine and welder each time. */
  const watched = async () => {
    app.clock.advance(10 * MINUTE_MS);
    const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
    await app.bringOnline(machine.chip);
    const own = { ...town, machine, welder: await buildWelder(app, { enterprises: [town.owner] }) };
    const clearing = clearanceSteps(app, own);
    const id = await clearing.permitted();
    await clearing.judged(id, "pass");
    await clearing.scan(await clearing.siteCode(id));
    const start = async () => {
      const { workSessionId } = (await clearing.start()).json().workSession;
      await app.say(machine.chip.energised(workSessionId));
      return workSessionId;
    };
    const leave = async () => {
      const longestMinutes =
        policy.watchAskMostMinutes + policy.watchAnswerMinutes + policy.watchGraceMinutes;
      app.clock.advance(longestMinutes * MINUTE_MS);
      await passClearanceTime(app.ctx);
    };
    const comeBack = async () => await clearing.scan(await clearing.siteCode(id));
    return { chip: machine.chip, machineId: machine.machineId, start, leave, comeBack };
  };
  const absences = async (machineId: string) =>
    (await openOf("fire-watch-absent")).filter(
      (alarm: { machineId: string }) => alarm.machineId === machineId,
    );

  test("a fire watch that does not answer is an alarm, and cleared when it is back", async () => {
    const { machineId, start, leave, comeBack } = await watched();
    await start();
    expect(await absences(machineId)).toEqual([]);
    await leave();
    expect(await absences(machineId)).toMatchObject([{ condition: "active", keyAreaId: expect.any(String) }]);
    await comeBack();
    expect(await absences(machineId)).toMatchObject([{ condition: "cleared" }]);
  });

  test("it is one too where the machine was cut before anybody looked, until the watch is back", async () => {
    const { chip, machineId, start, leave, comeBack } = await watched();
    const workSessionId = await start();
    await leave();
    await app.say(chip.deEnergised(workSessionId));
    expect(await absences(machineId)).toMatchObject([{ condition: "active" }]);
    await comeBack();
    expect(await absences(machineId)).toMatchObject([{ condition: "cleared" }]);
  });

  test("it is none while nobody works", async () => {
    const { machineId, leave } = await watched();
    await leave();
    expect(await absences(machineId)).toEqual([]);
  });

  /** Another machine and welder of the town, with nothing cleared yet. */
  const newcomer = async () => {
    const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
    await app.bringOnline(machine.chip);
    return { ...town, machine, welder: await buildWelder(app, { enterprises: [town.owner] }) };
  };

  test("a scene that fails twice is an alarm, once, until the station has decided", async () => {
    const own = await newcomer();
    const clearing = clearanceSteps(app, own);
    const id = await clearing.permitted();
    await clearing.judged(id, "fail");
    expect(await openOf("scene-failed-twice")).toEqual([]);
    await clearing.judged(id, "fail");
    const [alarm, ...others] = await openOf("scene-failed-twice");
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({
      condition: "active",
      machineId: own.machine.machineId,
      keyAreaId: town.keyAreaId,
      data: { fails: 2 },
    });
    const { items: calls } = (
      await clearing.call(town.station, "GET", "/api/station-calls?isOpen=true")
    ).json();
    const { stationCallId } = calls.find(({ clearanceId }: { clearanceId: string }) => clearanceId === id);
    const act = async (step: string, body: object) => {
      const said = await clearing.call(
        town.station,
        "POST",
        `/api/station-calls/${stationCallId}/${step}`,
        body,
      );
      expect(said.statusCode, said.body).toBe(200);
    };
    await act("acceptance", {});
    await act("arrival", { position: point });
    app.clock.advance(1_000);
    const subject = { purpose: "station", subjectId: stationCallId } as const;
    const evidenceIds = [await buildEvidence(app, town.station.personId, subject)];
    await act("decision", { decision: "forbid", reason: "演示禁止动火", evidenceIds });
    expect(await openOf("scene-failed-twice")).toMatchObject([{ condition: "cleared" }]);
  });

  test("a machine in the area is a notice; work there past its permit is a danger, which ends the notice", async () => {
    const own = await newcomer();
    const clearing = clearanceSteps(app, own);
    await followKeyAreas(app.ctx);
    await clearing.moveMachine();
    await clearing.moveMachine();
    const about = async (kind: string) =>
      (await openOf(kind)).filter(
        ({ machineId }: { machineId: string }) => machineId === own.machine.machineId,
      );
    expect(await about("key-area-entered")).toMatchObject([
      { condition: "active", keyAreaId: town.keyAreaId },
    ]);
    const id = await clearing.permitted();
    // Who prepares the work has no need to be told that the machine is there.
    expect(await about("key-area-entered")).toEqual([]);
    await clearing.judged(id, "pass");
    await clearing.scan(await clearing.siteCode(id));
    await clearing.moveMachine();
    const started = (await clearing.start()).json();
    expect(started.outcome).toBe("grant");
    const { workSessionId } = started.workSession;
    await app.say(own.machine.chip.energised(workSessionId));
    expect(await about("work-outside-permit")).toEqual([]);
    const { permit } = await clearing.detail(id);
    const url = `/api/hot-work-permits/${permit!.permitId}/suspension`;
    const suspended = await clearing.call(own.approver, "POST", url, { reason: "演示暂停" });
    expect(suspended.statusCode, suspended.body).toBe(200);
    expect(await about("work-outside-permit")).toEqual([]);
    app.clock.advance(2 * MINUTE_MS);
    expect(await about("work-outside-permit")).toMatchObject([
      { condition: "active", severity: "danger", data: { permitProblem: "suspended" } },
    ]);
    await app.say(own.machine.chip.deEnergised(workSessionId));
    expect(await about("work-outside-permit")).toMatchObject([{ condition: "cleared" }]);
  });
});
