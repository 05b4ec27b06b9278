import { createMachineCode } from "@hanyouxu/protocol";
import { addDays, shanghaiDay } from "@hanyouxu/rules";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { machineCodeMac } from "../src/crypto/machine-code-mac.ts";
import { systemRandom } from "../src/crypto/random.ts";
import {
  alarmOfRisingGas,
  clearQuietAlarms,
  followChipsAway,
  followEndingCertificates,
  followForgedCodes,
  followOtherWork,
  followSilentChips,
  followTwoPlaces,
} from "../src/features/alarms/alarms.ts";
import { followGasTrends } from "../src/features/gas-trends/gas-trends.ts";
import { alarmSteps, MINUTE_MS } from "./alarm-steps.ts";
import { type BuiltMachine, type BuiltWelder, here } from "./county.ts";
import { engines } from "./database.ts";
import { type TwoFirms, twoFirms } from "./two-firms.ts";
import { HOUR_MS, workAlarmSteps } from "./work-alarm-steps.ts";

describe.each(engines)("alarms of work, people and idle chips on %s", (engine) => {
  let firms: TwoFirms;
  let steps: ReturnType<typeof alarmSteps>;
  let at: ReturnType<typeof workAlarmSteps>;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    steps = alarmSteps(firms);
    at = workAlarmSteps(firms, steps);
    // What the firms bring along is over.
    await firms.app.say(firms.own.machine.chip.deEnergised(firms.workSessionId));
  });
  afterAll(() => firms?.app.close());
  beforeEach(() => at.pass(MINUTE_MS));

  const follow = async () => {
    const { ctx } = firms.app;
    await Promise.all([followOtherWork(ctx), followOtherWork(ctx)]);
  };

  test("a session of six hours is a notice; a day of more than eleven is a warning, which stands for it", async () => {
    const { clock, say } = firms.app;
    await at.nextDayAt(5);
    const [machine, welder] = [await at.newMachine(), await at.newWelder()];
    const workSessionId = await at.start(welder, machine);
    await at.pass(6 * HOUR_MS - 1);
    await follow();
    expect(await at.of(machine)).toEqual([]);
    clock.advance(1);
    await follow();
    expect(await at.of(machine)).toEqual(["over-time active unacknowledged"]);
    await at.pass(5 * HOUR_MS);
    await follow();
    expect(await at.of(machine)).toEqual(["over-time active unacknowledged"]);
    clock.advance(1);
    await follow();
    await follow();
    expect(await at.of(machine)).toEqual(["over-time active merged", "over-hours active unacknowledged"]);
    const [over] = await steps.openOf("over-hours");
    expect(over).toMatchObject({ raisedCount: 1, data: { workedMs: 11 * HOUR_MS + 1 } });
    expect(await steps.detail(over!.alarmId)).toMatchObject({
      links: [{ kind: "over-time", handling: "merged" }],
    });
    await say(machine.chip.deEnergised(workSessionId));
    await follow();
    expect(await at.of(machine)).toEqual(["over-time active merged", "over-hours cleared unacknowledged"]);
    await steps.close(over!.alarmId);
    // Again on the same day: that is a new one.
    await at.pass(1_000);
    await at.start(welder, machine);
    await follow();
    expect((await at.of(machine)).at(-1)).toBe("over-hours active unacknowledged");
    await say(machine.chip.deEnergised((await at.lastSession(machine)).work_session_id));
    await follow();
  });
  test("night and special days are watched where the policy says so, and a special day stands for the night", async () => {
    const { clock, say } = firms.app;
    await at.nextDayAt(21);
    const machine = await at.newMachine();
    const workSessionId = await at.start(await at.newWelder(), machine);
    await at.pass(HOUR_MS);
    await follow();
    expect(await at.of(machine)).toEqual([]);
    await at.setPolicy({ nightWork: "key-areas" });
    await follow();
    expect(await at.of(machine)).toEqual([]);
    await at.setPolicy({ nightWork: "everywhere" });
    await follow();
    expect(await at.of(machine)).toEqual(["night-work active unacknowledged"]);
    await at.pass(1_000);
    await at.setPolicy({ nightWork: "everywhere", specialDays: [shanghaiDay(clock.nowMs())] });
    await follow();
    await follow();
    expect(await at.of(machine)).toEqual([
      "night-work active merged",
      "special-period-work active unacknowledged",
    ]);
    // Midnight: the special day is over, the night goes on.
    await at.pass(2 * HOUR_MS);
    await follow();
    await follow();
    expect((await at.of(machine)).slice(1)).toEqual([
      "special-period-work cleared unacknowledged",
      "night-work active unacknowledged",
    ]);
    await say(machine.chip.deEnergised(workSessionId));
    await follow();
    expect((await at.of(machine)).at(-1)).toBe("night-work cleared closed");
    await at.setPolicy({});
  });

  test("a certificate that ends while its welder works is an alarm, cleared when one counts again", async () => {
    const { app } = firms;
    await at.nextDayAt(10);
    const [machine, welder] = [await at.newMachine(), await at.newWelder()];
    await at.start(welder, machine);
    await follow();
    expect(await at.of(machine)).toEqual([]);
    const set = async (status: "revoked" | "valid") =>
      await app.ctx.db
        .updateTable("certificates")
        .set({ status })
        .where("welder_id", "=", welder.welderId)
        .execute();
    await set("revoked");
    await follow();
    expect(await at.of(machine)).toEqual(["uncertified-work active unacknowledged"]);
    expect(await steps.told(welder.personId)).toEqual(["raised uncertified-work 0"]);
    await set("valid");
    await follow();
    expect(await at.of(machine)).toEqual(["uncertified-work cleared unacknowledged"]);
    await app.say(machine.chip.deEnergised((await at.lastSession(machine)).work_session_id));
  });

  test("a certificate about to end is one notice, once more when it is urgent, for who works", async () => {
    const { app } = firms;
    const { clock, ctx } = app;
    await at.nextDayAt(10);
    const validTo = addDays(shanghaiDay(clock.nowMs()), 31);
    const [machine, welder] = [await at.newMachine(), await at.newWelder({ certificate: { validTo } })];
    await at.newWelder({ certificate: { validTo } });
    await at.start(welder, machine);
    const about = async () => {
      await Promise.all([followEndingCertificates(ctx), followEndingCertificates(ctx)]);
      const all = await steps.list("?kind=certificate-expiring&pageSize=50");
      return all.map(({ condition, handling, data }) => `${condition} ${handling} ${data.daysLeft}`);
    };
    expect(await about()).toEqual([]);
    await at.pass(24 * HOUR_MS);
    expect(await about()).toEqual(["active unacknowledged 30"]);
    await at.pass(24 * HOUR_MS);
    expect(await about()).toEqual(["active unacknowledged 30"]);
    const [notice] = await steps.openOf("certificate-expiring");
    await steps.mustAct("regulator", notice!.alarmId, "false-alarm", { reason: "演示已约考" });
    expect(await about()).toEqual(["active false-alarm 30"]);
    await at.pass(22 * 24 * HOUR_MS);
    expect(await about()).toEqual(["active unacknowledged 7", "active false-alarm 30"]);
    await ctx.db
      .updateTable("certificates")
      .set({ valid_to: addDays(validTo, 365) })
      .where("welder_id", "=", welder.welderId)
      .execute();
    expect(await about()).toEqual(["cleared closed 7", "active false-alarm 30"]);
  });

  test("starts too far apart for the time between, and machines at work together far apart, are one alarm", async () => {
    const { ctx, say } = firms.app;
    const [near, far, welder] = [await at.newMachine(), await at.newMachine(), await at.newWelder()];
    await at.start(welder, near);
    await at.pass(10 * MINUTE_MS);
    const follows = async () => await Promise.all([followTwoPlaces(ctx), followTwoPlaces(ctx)]);
    await follows();
    expect(await steps.openOf("two-places")).toEqual([]);
    await at.start(welder, far, 60_000);
    await follows();
    await follows();
    const [alarm] = await steps.openOf("two-places");
    expect(alarm).toMatchObject({ condition: "active" });
    const detail = await steps.detail(alarm!.alarmId);
    expect(detail.welder?.welderId).toBe(welder.welderId);
    expect(detail.evidence.map(({ kind }) => kind).toSorted()).toEqual([
      "decision",
      "decision",
      "work-session",
      "work-session",
    ]);
    await say(near.chip.deEnergised((await at.lastSession(near)).work_session_id));
    await follows();
    expect(await steps.openOf("two-places")).toMatchObject([{ condition: "active" }]);
    await at.pass(HOUR_MS);
    await follows();
    expect(await steps.openOf("two-places")).toMatchObject([{ condition: "cleared" }]);
    await say(far.chip.deEnergised((await at.lastSession(far)).work_session_id));
    // An hour by road is nothing to speak of.
    await at.start(welder, near, 10_000);
    await follows();
    expect(await steps.openOf("two-places")).toMatchObject([
      { condition: "cleared", raisedCount: alarm!.raisedCount },
    ]);
    await say(near.chip.deEnergised((await at.lastSession(near)).work_session_id));
  });

  test("three forged codes of one person are an alarm, single ones of three people are none", async () => {
    const { clock, ctx } = firms.app;
    const scan = async (who: BuiltWelder, code: string) => {
      clock.advance(1_000);
      return (await firms.start(who, code)).json().error?.code;
    };
    const forged = [forgery(), forgery(), forgery()];
    for (const code of forged) expect(await scan(await at.newWelder(), code)).toBe("machine_code.forged");
    await followForgedCodes(ctx);
    expect(await steps.openOf("forged-codes")).toEqual([]);
    const forger = await at.newWelder();
    for (const code of forged) {
      expect(await steps.openOf("forged-codes")).toEqual([]);
      await scan(forger, code);
      await Promise.all([followForgedCodes(ctx), followForgedCodes(ctx)]);
    }
    const [alarm] = await steps.openOf("forged-codes");
    expect(alarm).toMatchObject({ raisedCount: 1, data: { codes: 3, withinMinutes: 10 } });
    expect(await steps.detail(alarm!.alarmId)).toMatchObject({ welder: { welderId: forger.welderId } });
    await at.pass(HOUR_MS);
    await clearQuietAlarms(ctx);
    expect(await steps.openOf("forged-codes")).toMatchObject([{ condition: "cleared" }]);
    await steps.close(alarm!.alarmId);
    // One sticker that several people meet with.
    for (let n = 0; n < 3; n++) await scan(await at.newWelder(), forged[0]!);
    await followForgedCodes(ctx);
    const [sticker] = await steps.openOf("forged-codes");
    expect(await steps.detail(sticker!.alarmId)).toMatchObject({ welder: null, data: { codes: 3 } });
  });

  test("rising gas, the warning and the cut after it are one alarm in the end, and each ends the one below", async () => {
    const { clock, ctx, say } = firms.app;
    const machine = await at.newMachine();
    const rise = async (from: number, perMinute: number) => {
      for (let look = 0; look < 36; look++) {
        clock.advance(10_000);
        await at.sayAt(machine, 0, Math.round(from + (perMinute * look) / 6));
      }
      await followGasTrends(ctx, alarmOfRisingGas);
      await followGasTrends(ctx, alarmOfRisingGas);
    };
    await rise(5, 8);
    expect(await at.of(machine)).toEqual(["gas-rising active unacknowledged"]);
    expect(await steps.openOf("gas-rising")).toMatchObject([
      { raisedCount: 1, place: { latitudeDegrees: here.latitudeDegrees } },
    ]);
    // More slowly than what raises, and still up.
    await rise(53, 2);
    expect(await at.of(machine)).toEqual(["gas-rising active unacknowledged"]);
    await rise(65, 0);
    expect(await at.of(machine)).toEqual(["gas-rising cleared unacknowledged"]);
    await rise(65, 6);
    expect(await at.of(machine)).toEqual(["gas-rising active unacknowledged"]);
    await say(machine.chip.event("gas-warning", { gasLelPermille: 110, raised: true }));
    expect(await at.of(machine)).toEqual(["gas-rising active merged", "gas-warning active unacknowledged"]);
    await rise(110, 8);
    await say(machine.chip.event("gas-cut", { gasLelPermille: 210 }));
    expect((await at.of(machine)).toSorted()).toEqual([
      "gas-cut active unacknowledged",
      "gas-rising active merged",
      "gas-warning active merged",
    ]);
    const [cut] = await steps.list(`?kind=gas-cut&machineId=${machine.machineId}`);
    expect((await steps.detail(cut!.alarmId)).links).toMatchObject([
      { kind: "gas-warning", handling: "merged" },
    ]);
    // Within the cut the warning is no news.
    await say(machine.chip.event("gas-warning", { gasLelPermille: 120, raised: true }));
    expect(await at.of(machine)).toHaveLength(3);
    await say(machine.chip.event("gas-warning", { gasLelPermille: 40, raised: false }));
    expect((await at.of(machine)).at(-1)).toBe("gas-cut cleared unacknowledged");
    // After it another leak is an alarm of its own until it cuts, too.
    await say(machine.chip.event("gas-warning", { gasLelPermille: 120, raised: true }));
    expect(await at.of(machine)).toHaveLength(4);
    await say(machine.chip.event("gas-cut", { gasLelPermille: 220 }));
    const all = await steps.list(`?machineId=${machine.machineId}&pageSize=50`);
    expect(all.filter(({ kind }) => kind !== "gas-rising").map(({ handling }) => handling)).toEqual([
      "unacknowledged",
      "merged",
      "merged",
    ]);
  });

  test("an idle chip is a notice after forty hours of working time, and none while many are away together", async () => {
    const { ctx, say } = firms.app;
    const machine = await at.newMachine();
    const others = [firms.own.machine, firms.own.idle, firms.foreign.machine];
    while (others.length < 12) others.push(await at.newMachine());
    const speak = async () => {
      for (const { chip } of others) await say(chip.telemetry());
    };
    const follow = async () => {
      await speak();
      await Promise.all([followChipsAway(ctx), followChipsAway(ctx)]);
      return (await at.of(machine)).filter((line) => line.startsWith("chip-away"));
    };
    // Four working days of ten hours, wherever in the week this falls: at most six days.
    await at.pass(3 * 24 * HOUR_MS);
    expect(await follow()).toEqual([]);
    await at.pass(4 * 24 * HOUR_MS);
    expect(await follow()).toEqual(["chip-away active unacknowledged"]);
    others.push(machine);
    expect(await follow()).toEqual(["chip-away cleared closed"]);
    await at.pass(7 * 24 * HOUR_MS);
    await followChipsAway(ctx);
    expect(await at.of(machine)).not.toContain("chip-away active unacknowledged");
    expect(await follow()).toEqual(["chip-away cleared closed"]);
  });

  test("while chips at work are unreachable together no idle one is blamed", async () => {
    const { ctx } = firms.app;
    const machine = await at.newMachine();
    const atWork: BuiltMachine[] = [];
    while (atWork.length < 10) {
      const one = await at.newMachine();
      await at.start(await at.newWelder(), one);
      atWork.push(one);
    }
    await at.setPolicy({
      chipAwayHours: 0.001,
      workdays: "every-day",
      workdayFromHour: 0,
      workdayUntilHour: 24,
    });
    await at.pass(2 * MINUTE_MS);
    await followSilentChips(ctx);
    expect(await steps.openOf("chips-unreachable")).toMatchObject([{ condition: "active" }]);
    await followChipsAway(ctx);
    expect(await at.of(machine)).toEqual([]);
    for (const { chip } of [...atWork, firms.own.machine, firms.own.idle])
      await firms.app.say(chip.telemetry());
    await followSilentChips(ctx);
    await followChipsAway(ctx);
    expect(await at.of(machine)).toEqual([]);
  });
});

/** A code of our shape that nobody has made: signed by another key. */
const forgery = () => createMachineCode(systemRandom, machineCodeMac(systemRandom(32)));
