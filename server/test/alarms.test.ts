import type { AlarmSummary, LiveMessage } from "@hanyouxu/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { escalateAlarms } from "../src/features/alarms/alarms.ts";
import { AlarmFeed } from "../src/features/live/alarm-feed.ts";
import { alarmSteps, MINUTE_MS } from "./alarm-steps.ts";
import { type BuiltMachine, buildMachine, buildRegion, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

describe.each(engines)("handling alarms on %s", (engine) => {
  let firms: TwoFirms;
  let steps: ReturnType<typeof alarmSteps>;
  let machine: BuiltMachine;
  let alarmId: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    steps = alarmSteps(firms);
    await buildRegion(firms.app.ctx, "33" as never);
    await buildRegion(firms.app.ctx, "3307" as never);
  });
  afterAll(() => firms?.app.close());
  beforeEach(async () => {
    firms.app.clock.advance(1_000);
    machine = await buildMachine(firms.app.ctx, { enterpriseId: firms.own.enterpriseId, name: "演示处置机" });
    await firms.app.bringOnline(machine.chip);
    alarmId = await tamper();
  });

  const tamper = async (one: BuiltMachine = machine): Promise<string> => {
    await firms.app.say(one.chip.event("tamper", { raised: true }));
    return (await alarmsOf(one)).find(({ kind }) => kind === "tamper")!.alarmId;
  };
  const alarmsOf = async (one: BuiltMachine = machine): Promise<AlarmSummary[]> =>
    (await firms.get("operator", `/api/alarms?machineId=${one.machineId}`)).json().items;
  const whole = async () => await firms.app.say(machine.chip.event("tamper", { raised: false }));
  const bodies: Record<string, object> = {
    acknowledgement: {},
    dispatch: { department: "health", personId: null },
    acceptance: {},
    arrival: { position: null },
    handling: { result: "演示现场", measures: "演示措施" },
    verification: {},
    closure: {},
    reopening: { reason: "演示复查" },
    "false-alarm": { reason: "演示误报" },
    notes: { note: "演示备注" },
    links: { otherAlarmId: nobody },
    merge: { intoAlarmId: nobody },
  };

  test("goes from raised to closed, with every step in its history", async () => {
    await steps.mustAct("station", alarmId, "acknowledgement", { note: "演示收到" });
    const { people, departments } = (await firms.get("station", `/api/alarms/${alarmId}/assignees`)).json();
    expect(departments).toHaveLength(13);
    const personId = people.find(({ role }: { role: string }) => role === "station-staff").personId;
    const given = await steps.mustAct("regulator", alarmId, "dispatch", { department: "health", personId });
    expect(given).toMatchObject({
      handling: "dispatched",
      assignedDepartment: "health",
      assigneeName: "演***",
    });
    expect(codeOf(await steps.act("operator", alarmId, "acceptance"))).toBe("409 alarm.not-yours");
    await steps.mustAct("station", alarmId, "acceptance");
    const position = { latitudeDegrees: 28.9, longitudeDegrees: 119.8, accuracyMetres: 8 };
    await steps.mustAct("station", alarmId, "arrival", { position });
    const handled = await steps.mustAct("station", alarmId, "handling", bodies.handling!);
    expect(handled.mayDo).toEqual(["merge"]);
    expect(codeOf(await steps.act("regulator", alarmId, "verification"))).toBe("409 alarm.still-active");
    await whole();
    await steps.mustAct("regulator", alarmId, "verification");
    const closed = await steps.mustAct("regulator", alarmId, "closure");
    expect(closed).toMatchObject({
      handling: "closed",
      condition: "cleared",
      dueAt: null,
      mayDo: ["reopen"],
    });
    expect(closed.history.map(({ what, byRole, text }) => [what, byRole, text])).toEqual([
      ["raised", null, null],
      ["acknowledge", "station-staff", "演示收到"],
      ["dispatch", "regulator", null],
      ["accept", "station-staff", null],
      ["arrive", "station-staff", null],
      ["handle", "station-staff", "演示现场\n演示措施"],
      ["cleared", null, null],
      ["verify", "regulator", null],
      ["close", "regulator", null],
    ]);
    expect(closed.history[4]!.position).toEqual(position);
    expect(await steps.told(personId)).toContain("dispatched tamper 0");
    expect(codeOf(await steps.act("station", alarmId, "acknowledgement"))).toBe("409 alarm.over");
    expect((await steps.mustAct("regulator", alarmId, "reopening", bodies.reopening!)).handling).toBe(
      "unacknowledged",
    );
  });

  test("what is still active ends as a false alarm only, with its reason", async () => {
    await steps.mustAct("regulator", alarmId, "acknowledgement");
    expect(codeOf(await steps.act("regulator", alarmId, "closure"))).toBe("409 alarm.order");
    const response = await steps.act("regulator", alarmId, "false-alarm", { reason: " " });
    expect([response.statusCode, fieldsOf(response)]).toEqual([400, ["body.reason"]]);
    const ended = await steps.mustAct("regulator", alarmId, "false-alarm", { reason: "演示误报" });
    expect(ended).toMatchObject({ handling: "false-alarm", condition: "active" });
  });

  test("a newer one about the same keeps the old one closed", async () => {
    await steps.mustAct("regulator", alarmId, "false-alarm", { reason: "演示误报" });
    const newer = await tamper();
    expect(newer).not.toBe(alarmId);
    const refused = await steps.act("regulator", alarmId, "reopening", bodies.reopening!);
    expect(codeOf(refused)).toBe("409 alarm.open_again");
  });

  test("every route asks who calls, where, and for what", async () => {
    for (const [what, body] of Object.entries(bodies)) {
      expect([what, codeOf(await steps.act(undefined, alarmId, what, body))]).toEqual([
        what,
        "401 sign_in.required",
      ]);
      for (const who of ["welder", "officer", "installer"] as const)
        expect([what, codeOf(await steps.act(who, alarmId, what, body))]).toEqual([
          what,
          "403 role.forbidden",
        ]);
      expect([what, codeOf(await steps.act("otherRegulator", alarmId, what, body))]).toEqual([
        what,
        "403 region.out_of_scope",
      ]);
      expect([what, codeOf(await steps.act("operator", nobody, what, body))]).toEqual([
        what,
        "404 alarm.not_found",
      ]);
    }
    for (const what of ["verification", "closure", "reopening", "false-alarm"])
      expect(codeOf(await steps.act("station", alarmId, what, bodies[what]!))).toBe("403 role.forbidden");
    for (const [url, who, code] of [
      [`/api/alarms/${alarmId}`, undefined, "401 sign_in.required"],
      [`/api/alarms/${alarmId}`, "welder", "403 role.forbidden"],
      [`/api/alarms/${alarmId}`, "otherOfficer", "403 region.out_of_scope"],
      [`/api/alarms/${alarmId}`, "officer", "200"],
      [`/api/alarms/${alarmId}/assignees`, "officer", "403 role.forbidden"],
      ["/api/alarms?severity=grave", "regulator", "400 request.invalid"],
      ["/api/alarm-counts", "welder", "403 role.forbidden"],
      ["/api/alarm-kinds", undefined, "401 sign_in.required"],
      ["/api/alarm-kinds", "welder", "200"],
      ["/api/me/alarms", "regulator", "403 role.forbidden"],
    ] as const) {
      expect([url, who, codeOf(await firms.get(who, url))]).toEqual([url, who, code]);
    }
  });

  test.each([
    ["dispatch", { department: null, personId: null }, "body.department"],
    ["handling", { result: "x", measures: "演示" }, "body.result"],
    ["notes", { note: "" }, "body.note"],
    ["merge", { intoAlarmId: "x" }, "body.intoAlarmId"],
    ["arrival", {}, "body.position"],
  ])("%s names the field that is wrong", async (what, body, path) => {
    const response = await steps.act("regulator", alarmId, what, body);
    expect([response.statusCode, fieldsOf(response)]).toEqual([400, [path]]);
  });

  test("is given to nobody who does not answer for the place", async () => {
    const stranger = await steps.staff(otherCounty);
    for (const assignee of [
      { department: null, personId: stranger.personId },
      { department: "no-such", personId: null },
    ])
      expect(codeOf(await steps.act("regulator", alarmId, "dispatch", assignee))).toBe(
        "409 alarm.assignee_out_of_reach",
      );
  });

  test("lists filter, count and put open dangers first; each sees its own", async () => {
    await firms.app.say(machine.chip.event("gas-warning", { gasLelPermille: 120, raised: true }));
    const mine = `machineId=${machine.machineId}`;
    expect((await steps.list(`?${mine}`)).map(({ kind }) => kind)).toEqual(["tamper", "gas-warning"]);
    for (const [query, count] of [
      [`${mine}&severity=warning`, 1],
      [`${mine}&kind=tamper`, 1],
      [`${mine}&handling=acknowledged`, 0],
      [`${mine}&condition=active`, 2],
      [`${mine}&region=${county}`, 2],
      [`${mine}&region=${otherCounty}`, 0],
      [`${mine}&isOverdue=true`, 0],
      [`${mine}&isMine=true`, 0],
      [`${mine}&enterpriseId=${firms.own.enterpriseId}`, 2],
      [`${mine}&to=${new Date(firms.app.clock.nowMs() - MINUTE_MS).toISOString()}`, 0],
      [`${mine}&pageSize=1`, 1],
    ] as const) {
      expect([query, (await steps.list(`?${query}`)).length]).toEqual([query, count]);
    }
    expect(await steps.list(`?${mine}`, "otherRegulator")).toEqual([]);
    expect(await steps.list(`?${mine}`, "otherOfficer")).toEqual([]);
    const counts = (await firms.get("officer", `/api/alarm-counts`)).json();
    expect(counts.bySeverity.danger).toBeGreaterThan(0);
    expect((await firms.get("otherOfficer", `/api/alarm-counts`)).json().open).toBe(0);
  });

  test("many are acknowledged at once; what cannot be is named", async () => {
    const other = await buildMachine(firms.app.ctx, {
      enterpriseId: firms.foreign.enterpriseId,
      region: otherCounty,
    });
    await firms.app.bringOnline(other.chip);
    const foreign = await tamper(other);
    const response = await firms.post("station", "/api/alarm-acknowledgements", {
      alarmIds: [alarmId, foreign, nobody],
    });
    expect(response.json()).toEqual({
      acknowledged: [alarmId],
      refused: [
        { alarmId: foreign, code: "region.out_of_scope" },
        { alarmId: nobody, code: "alarm.not_found" },
      ],
    });
    expect(codeOf(await firms.post("officer", "/api/alarm-acknowledgements", { alarmIds: [alarmId] }))).toBe(
      "403 role.forbidden",
    );
    expect((await firms.post("station", "/api/alarm-acknowledgements", { alarmIds: [] })).statusCode).toBe(
      400,
    );
  });

  test("alarms are linked and merged, and both tell of it", async () => {
    await firms.app.say(machine.chip.event("bypass-suspected", { currentDeciamps: 800 }));
    const [other] = (await alarmsOf()).filter(({ kind }) => kind === "bypass-suspected");
    const otherAlarmId = other!.alarmId;
    expect(codeOf(await steps.act("station", alarmId, "links", { otherAlarmId: alarmId }))).toBe(
      "409 alarm.same",
    );
    const linked = await steps.mustAct("station", alarmId, "links", { otherAlarmId });
    expect(linked.links).toEqual([
      { alarmId: otherAlarmId, kind: "bypass-suspected", handling: "unacknowledged" },
    ]);
    const merged = await steps.mustAct("station", alarmId, "merge", { intoAlarmId: otherAlarmId });
    expect(merged).toMatchObject({ handling: "merged", mergedInto: otherAlarmId });
    const into = await steps.detail(otherAlarmId);
    expect(into.history.map(({ what }) => what)).toEqual(["raised", "linked", "merged-from"]);
    expect(codeOf(await steps.act("station", otherAlarmId, "merge", { intoAlarmId: alarmId }))).toBe(
      "409 alarm.over",
    );
  });

  test("firm and welder see their own, answer it, and nothing of others", async () => {
    const { own, app } = firms;
    await app.say(own.machine.chip.event("gas-warning", { gasLelPermille: 120, raised: true }));
    const mine = (await firms.get("welder", "/api/me/alarms?isOpen=true")).json();
    expect(mine).toMatchObject({ total: 1, items: [{ kind: "gas-warning" }] });
    const ownId = mine.items[0].alarmId;
    for (const who of ["welder", "officer"] as const) {
      const answered = await firms.post(who, `/api/me/alarms/${ownId}/answers`, { note: "演示说明" });
      expect(codeOf(answered), answered.body).toBe("200");
      expect(answered.json().history.at(-1)).toMatchObject({ what: "answer", text: "演示说明" });
    }
    expect((await firms.get("welder", `/api/me/alarms/${ownId}`)).json().mayDo).toEqual([]);
    for (const who of ["otherWelder", "otherOfficer"] as const) {
      expect((await firms.get(who, "/api/me/alarms")).body).not.toContain(ownId);
      expect(codeOf(await firms.get(who, `/api/me/alarms/${ownId}`))).toBe("404 alarm.not_found");
      expect(codeOf(await firms.post(who, `/api/me/alarms/${ownId}/answers`, { note: "x" }))).toBe(
        "404 alarm.not_found",
      );
    }
    expect(codeOf(await firms.get("welder", `/api/me/alarms/${alarmId}`))).toBe("404 alarm.not_found");
    expect(codeOf(await firms.get(undefined, `/api/me/alarms/${alarmId}`))).toBe("401 sign_in.required");
  });

  test("nobody answers: up the region tree at the promised minute, told once, whichever server looks", async () => {
    const { clock, ctx } = { clock: firms.app.clock, ctx: firms.app.ctx };
    const city = await steps.staff("3307");
    const raisedAtMs = clock.nowMs();
    const levelAfter = async (ms: number) => {
      clock.advance(raisedAtMs + ms - clock.nowMs());
      await Promise.all([escalateAlarms(ctx), escalateAlarms(ctx)]);
      return (await steps.detail(alarmId)).level;
    };
    expect(await levelAfter(10 * MINUTE_MS - 1)).toBe(0);
    expect(await levelAfter(10 * MINUTE_MS)).toBe(1);
    expect(await levelAfter(20 * MINUTE_MS - 1)).toBe(1);
    expect(await levelAfter(20 * MINUTE_MS)).toBe(2);
    expect(await levelAfter(20 * MINUTE_MS + 1)).toBe(2);
    expect((await steps.told(city.personId)).filter((told) => told === "escalated tamper 2")).not.toEqual([]);
    const { history } = await steps.detail(alarmId);
    expect(history.map(({ what, level, at }) => [what, level, Date.parse(at) - raisedAtMs])).toEqual([
      ["raised", 0, 0],
      ["escalated", 1, 10 * MINUTE_MS],
      ["escalated", 2, 20 * MINUTE_MS],
    ]);
    expect(await steps.list(`?machineId=${machine.machineId}&isOverdue=true`)).toHaveLength(1);
    await steps.mustAct("station", alarmId, "acknowledgement");
    expect(await levelAfter(50 * MINUTE_MS)).toBe(2);
    expect(await levelAfter(50 * MINUTE_MS + 1)).toBe(3);
  });

  test("the limits are the region's policy of the moment it was raised", async () => {
    const { newestVersion } = (await firms.get("regulator", `/api/region-policies/${county}`)).json();
    const set = await firms.post("regulator", `/api/region-policies/${county}`, {
      basedOnVersion: newestVersion,
      values: { start: {}, hotWork: {}, alarm: { dangerAcknowledgeMinutes: 3 } },
      reason: "演示调整",
    });
    expect(set.statusCode, set.body).toBe(201);
    const other = await buildMachine(firms.app.ctx, { enterpriseId: firms.own.enterpriseId });
    await firms.app.bringOnline(other.chip);
    const strict = await tamper(other);
    expect(await steps.detail(strict)).toMatchObject({
      limits: { acknowledgeMinutes: 3 },
      policyVersion: `${county}-${newestVersion + 1}`,
    });
    expect((await steps.detail(alarmId)).limits.acknowledgeMinutes).toBe(10);
    const wrong = await firms.post("regulator", `/api/region-policies/${county}`, {
      basedOnVersion: newestVersion + 1,
      values: { start: {}, hotWork: {}, alarm: { dangerAcknowledgeMinutes: 0 } },
      reason: "演示调整",
    });
    expect(fieldsOf(wrong)).toEqual(["body.values.alarm.dangerAcknowledgeMinutes"]);
    await firms.post("regulator", `/api/region-policies/${county}`, {
      basedOnVersion: newestVersion + 1,
      values: { start: {}, hotWork: {} },
      reason: "演示恢复",
    });
  });

  test("open pages are told within half a second, of what they may see and once", async () => {
    const { ctx, picture } = firms.app;
    const feed = new AlarmFeed(ctx, picture);
    await feed.refresh();
    const follow = (region: string | undefined) => {
      const messages: (LiveMessage & { type: "alarms" })[] = [];
      const scope = { everywhere: false, regions: region ? [region as never] : [], enterprises: [] };
      picture.follow(scope, (message) => void (message.type === "alarms" && messages.push(message)));
      return messages;
    };
    const [inCounty, inOther, ofNobody] = [follow(county), follow(otherCounty), follow(undefined)];
    firms.app.clock.advance(400);
    await firms.app.say(machine.chip.event("bypass-suspected", { currentDeciamps: 900 }));
    await feed.refresh();
    await feed.refresh();
    expect(inCounty).toMatchObject([
      { sequence: 2, alarms: [{ kind: "bypass-suspected", revision: 1_000_001 }] },
    ]);
    expect([inOther, ofNobody]).toEqual([[], []]);
    await steps.mustAct("station", alarmId, "acknowledgement");
    await feed.refresh();
    expect(inCounty[1]).toMatchObject({ sequence: 3, alarms: [{ alarmId, handling: "acknowledged" }] });
  });

  test("open pages are told right after the commit, without waiting for the next look at the database", async () => {
    const { ctx, picture, clock } = firms.app;
    const feed = new AlarmFeed(ctx, picture);
    await feed.refresh();
    const told: string[] = [];
    const scope = { everywhere: true, regions: [], enterprises: [] };
    const { leave } = picture.follow(scope, (message) => {
      if (message.type === "alarms")
        told.push(...message.alarms.map(({ alarmId: id, kind, handling }) => `${id} ${kind} ${handling}`));
    });
    feed.start();
    try {
      // Time stands still, so that no tick comes.
      const another = await buildMachine(ctx, { enterpriseId: firms.own.enterpriseId, name: "演示即时机" });
      await firms.app.bringOnline(another.chip);
      const tampered = await tamper(another);
      await expect.poll(() => told).toContain(`${tampered} tamper unacknowledged`);
      // What follows within a tenth of a second comes together, then.
      await firms.app.say(another.chip.event("bypass-suspected", { currentDeciamps: 900 }));
      await steps.mustAct("station", tampered, "acknowledgement");
      clock.advance(100);
      await expect.poll(() => told).toContain(`${tampered} tamper acknowledged`);
      await expect.poll(() => told.filter((one) => one.includes("bypass-suspected"))).toHaveLength(1);
      // Found by a sweep: the work of this process as well.
      clock.advance(30 * MINUTE_MS);
      await escalateAlarms(ctx);
      await expect.poll(() => told.filter((one) => one.startsWith(tampered)).length).toBeGreaterThan(2);
    } finally {
      feed.stop();
      leave();
    }
  });
});
