import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { promoteRecords } from "../src/features/alarms/alarms.ts";
import { alarmSteps, MINUTE_MS } from "./alarm-steps.ts";
import { type BuiltMachine, buildMachine, county } from "./county.ts";
import { engines } from "./database.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

describe.each(engines)("suppression windows of alarms on %s", (engine) => {
  let firms: TwoFirms;
  let steps: ReturnType<typeof alarmSteps>;
  let machine: BuiltMachine;
  let alarmId: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    steps = alarmSteps(firms);
  });
  afterAll(() => firms?.app.close());
  beforeEach(async () => {
    firms.app.clock.advance(1_000);
    machine = await buildMachine(firms.app.ctx, { enterpriseId: firms.own.enterpriseId, name: "演示处置机" });
    await firms.app.bringOnline(machine.chip);
    await firms.app.say(machine.chip.event("tamper", { raised: true }));
    alarmId = (await steps.list(`?machineId=${machine.machineId}&kind=tamper`))[0]!.alarmId;
  });

  const declare = (who: Who | undefined, change: object = {}) => {
    const nowMs = firms.app.clock.nowMs();
    return firms.post(who, "/api/alarm-suppressions", {
      region: null,
      enterpriseId: null,
      machineId: machine.machineId,
      kinds: ["gas-warning"],
      reason: "演示检修",
      from: new Date(nowMs - MINUTE_MS).toISOString(),
      to: new Date(nowMs + 30 * MINUTE_MS).toISOString(),
      ...change,
    });
  };
  const gas = async (raised: boolean) => {
    firms.app.clock.advance(1_000);
    await firms.app.say(machine.chip.event("gas-warning", { gasLelPermille: raised ? 120 : 50, raised }));
  };
  const gasAlarms = async () =>
    await steps.list(`?machineId=${machine.machineId}&kind=gas-warning&withRecorded=true`);

  test("keep what happens meanwhile as history; what lasts beyond is raised", async () => {
    const declared = await declare("regulator");
    expect(declared.statusCode, declared.body).toBe(201);
    expect(declared.json()).toMatchObject({ status: "going", machineName: "演示处置机", suppressed: 0 });
    await gas(true);
    await gas(false);
    await gas(true);
    expect((await gasAlarms()).map((row) => [row.wasSuppressed, row.condition, row.handling])).toEqual([
      [true, "active", "recorded"],
      [true, "cleared", "recorded"],
    ]);
    await promoteRecords(firms.app.ctx);
    expect(await steps.list(`?machineId=${machine.machineId}&kind=gas-warning`)).toEqual([]);
    const url = `/api/alarm-suppressions/${declared.json().suppressionId}`;
    const ended = await firms.post("regulator", `${url}/ending`, { reason: "演示完工" });
    expect(ended.json()).toMatchObject({ status: "over", suppressed: 2 });
    await promoteRecords(firms.app.ctx);
    expect(await steps.list(`?machineId=${machine.machineId}&kind=gas-warning`)).toMatchObject([
      { condition: "active", handling: "unacknowledged", wasSuppressed: false },
    ]);
    expect(codeOf(await firms.post("regulator", `${url}/ending`, { reason: "演示完工" }))).toBe(
      "409 alarm_suppression.over",
    );
  });

  test("hide other kinds, other places and what was open before from nobody", async () => {
    await declare("regulator");
    await firms.app.say(machine.chip.event("bypass-suspected", { currentDeciamps: 900 }));
    expect(await steps.list(`?machineId=${machine.machineId}&kind=bypass-suspected`)).toHaveLength(1);
    await declare("regulator", { kinds: [], machineId: null, region: county });
    await firms.app.say(machine.chip.event("tamper", { raised: true }));
    expect((await steps.detail(alarmId)).raisedCount).toBe(2);
    for (const { suppressionId } of (
      await firms.get("regulator", "/api/alarm-suppressions?status=going")
    ).json().items)
      await firms.post("regulator", `/api/alarm-suppressions/${suppressionId}/ending`, {
        reason: "演示完工",
      });
  });

  test("are declared and changed by those who answer for the place", async () => {
    for (const who of ["welder", "officer", "station"] as const)
      expect(codeOf(await declare(who))).toBe("403 role.forbidden");
    expect(codeOf(await declare(undefined))).toBe("401 sign_in.required");
    expect(codeOf(await declare("otherRegulator"))).toBe("403 region.out_of_scope");
    expect(codeOf(await declare("regulator", { machineId: nobody }))).toBe(
      "409 alarm_suppression.no_subject",
    );
    const past = new Date(firms.app.clock.nowMs() - 1_000).toISOString();
    const long = { from: "2026-01-01T00:00:00Z", to: past };
    expect(codeOf(await declare("regulator", long))).toBe("409 alarm_suppression.end_passed");
    expect(fieldsOf(await declare("regulator", { from: past, to: past }))).toEqual(["body.to"]);
    expect(fieldsOf(await declare("regulator", { machineId: null }))).toEqual(["body.region"]);
    const { suppressionId } = (await declare("regulator")).json();
    const move = (who: Who | undefined, body: object, id = suppressionId) =>
      firms.app.call("PUT", `/api/alarm-suppressions/${id}`, {
        ...(who ? { cookie: firms.cookieOf(who) } : {}),
        body: { reason: "演示延期", ...body },
      });
    const to = new Date(firms.app.clock.nowMs() + 60 * MINUTE_MS).toISOString();
    expect((await move("regulator", { to })).json()).toMatchObject({ to });
    expect(codeOf(await move("regulator", { to: past }))).toBe("409 alarm_suppression.end_passed");
    expect(codeOf(await move("regulator", { to }, nobody))).toBe("404 alarm_suppression.not_found");
    expect(codeOf(await move("otherRegulator", { to }))).toBe("403 region.out_of_scope");
    expect(codeOf(await move("station", { to }))).toBe("403 role.forbidden");
    expect(codeOf(await move(undefined, { to }))).toBe("401 sign_in.required");
    expect((await move("regulator", {})).statusCode).toBe(400);
    expect((await firms.get("otherRegulator", "/api/alarm-suppressions")).json().items).toEqual([]);
    expect(codeOf(await firms.get("welder", "/api/alarm-suppressions"))).toBe("403 role.forbidden");
  });
});
