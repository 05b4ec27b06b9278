import type { RectificationDetail } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { lockOverdueMachines, passRectificationTime } from "../src/features/rectification/rectification.ts";
import { buildRegion, buildStaff, county, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { EvidencePhone } from "./evidence-phone.ts";
import { scenePhoto } from "./scene-pictures.ts";
import { signInAnew } from "./sign-in-anew.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const HOUR_MS = 3_600_000;
/** Monday, 10:00 in Shanghai. */
const mondayMs = Date.parse("2026-03-02T10:00:00+08:00");
let seed = 41_000;

describe.each(engines)("orders to rectify on %s", (engine) => {
  let firms: TwoFirms;
  const people: Record<string, PersonId> = {};
  beforeAll(async () => {
    firms = await twoFirms(engine);
    const { app, own, foreign } = firms;
    for (const region of ["33", "3307", county] as const) await buildRegion(app.ctx, region as never);
    const of = async (name: string, ...[role, reach]: [Parameters<typeof buildStaff>[1], object]) => {
      people[name] = (await buildStaff(app, role, reach)).personId;
    };
    await of("issuer", "station-staff", { region: township });
    await of("regulator", "regulator", { region: county });
    await of("city", "regulator", { region: "3307" });
    await of("outside", "regulator", { region: otherCounty });
    await of("officer", "enterprise-officer", { enterpriseId: own.enterpriseId });
    await of("second", "enterprise-officer", { enterpriseId: own.enterpriseId });
    await of("otherOfficer", "enterprise-officer", { enterpriseId: foreign.enterpriseId });
  });
  afterAll(() => firms?.app.close());
  let weeks = 0;
  beforeEach(() => {
    // Each test begins on a Monday morning of its own.
    const { clock } = firms.app;
    clock.advance(mondayMs + 7 * 24 * HOUR_MS * weeks++ - clock.nowMs());
  });

  /** Sign-ins end sooner than deadlines do. */
  const cookieOf = (name: string) => signInAnew(firms.app, people[name]!);
  const call = async (who: string | undefined, method: "GET" | "POST", path: string, body?: object) =>
    await firms.app.call(method, `/api/${path}`, {
      ...(who ? { cookie: await cookieOf(who) } : {}),
      ...(body ? { body } : {}),
    });
  async function must(who: string, path: string, body: object = {}): Promise<RectificationDetail> {
    const response = await call(who, "POST", `rectifications${path ? `/${path}` : ""}`, body);
    expect([200, 201], response.body).toContain(response.statusCode);
    return response.json();
  }
  const shown = async (id: string, who = "issuer"): Promise<RectificationDetail> =>
    (await call(who, "GET", `rectifications/${id}`)).json();
  const order = (changes: object = {}) => ({
    enterpriseId: firms.own.enterpriseId,
    source: "inspection",
    severity: "danger",
    title: "演示检查发现的问题",
    items: [{ what: "演示：灭火器压力不足" }, { what: "演示：作业点堆放可燃物" }],
    machineIds: [firms.own.idle.machineId],
    ...changes,
  });
  const issue = async (changes: object = {}) => (await must("issuer", "", order(changes))).rectificationId;
  const answerAll = async (id: string, items = [1, 2]) => {
    for (const itemNo of items)
      await must("officer", `${id}/items/${itemNo}/answer`, { answer: "演示：已整改" });
    return await must("officer", `${id}/submission`);
  };
  const findings = (...passed: boolean[]) => ({
    items: passed.map((isPassed, index) => ({
      itemNo: index + 1,
      isPassed,
      note: isPassed ? "" : "演示：仍不足",
    })),
  });
  const localTime = (text: string | null) =>
    text && new Date(Date.parse(text) + 8 * HOUR_MS).toISOString().slice(5, 16);
  const told = async (name: string, id: string): Promise<string[]> => {
    const rows = await firms.app.ctx.db
      .selectFrom("messages")
      .select("template")
      .where("person_id", "=", people[name]!)
      .where("subject_id", "=", id)
      .orderBy("created_at")
      .orderBy("message_id")
      .execute();
    // Of one instant, in whatever order.
    return rows.map(({ template }) => template.replace("rectification-", "")).sort();
  };
  const timeTo = async (local: string) => {
    const { clock } = firms.app;
    const monday = new Date(mondayMs + 7 * 24 * HOUR_MS * (weeks - 1));
    const [day, time] = local.split(" ") as [string, string];
    const at =
      Date.parse(`${monday.toISOString().slice(0, 10)}T${time}:00+08:00`) + Number(day) * 24 * HOUR_MS;
    clock.advance(at - clock.nowMs());
    await passRectificationTime(firms.app.ctx);
  };

  test("is answered with pictures, fails, is answered again and passes; its history tells it all", async () => {
    const issued = await must(
      "issuer",
      "",
      order({
        items: [
          { what: "演示：灭火器压力不足", clause: { source: "演示规定", article: "3" } },
          { what: "演示：作业点堆放可燃物" },
        ],
        answerablePersonId: people.second,
      }),
    );
    const id = issued.rectificationId;
    expect(issued).toMatchObject({
      status: "issued",
      round: 1,
      number: expect.stringMatching(new RegExp(`^ZG${township}-\\d{8}-0001$`)),
      answerableName: "演***",
      mayDo: ["cancel"],
    });
    // Nobody here has read what somebody types: it is marked.
    expect(issued.items.map(({ clause }) => clause && [clause.source.zh, clause.verified])).toEqual([
      ["演示规定", false],
      null,
    ]);
    // 8 working hours for a danger: until the same hour of the next working day.
    expect(localTime(issued.dueAt)?.slice(6)).toBe("10:00");
    expect(await told("officer", id)).toEqual(["due"]);
    expect(await told("second", id)).toEqual(["due"]);

    expect((await shown(id, "officer")).mayDo).toEqual(["answer", "submit", "ask-extension", "appeal"]);
    const phone = new EvidencePhone(firms.app, await cookieOf("officer"), id, "rectification");
    const { evidenceId, became } = await phone.hand(await scenePhoto(seed++));
    expect(became).toBe("accepted");
    const answered = await must("officer", `${id}/items/1/answer`, {
      answer: "演示：已更换灭火器",
      evidenceIds: [evidenceId],
    });
    expect(answered.items[0]).toMatchObject({ state: "answered", evidenceIds: [evidenceId] });
    const early = await call("officer", "POST", `rectifications/${id}/submission`);
    expect(codeOf(early)).toBe("409 rectification.items_open");
    await must("second", `${id}/items/2/answer`, { answer: "演示：已清理" });
    const handedIn = await must("officer", `${id}/submission`);
    expect([handedIn.status, localTime(handedIn.reinspectBy)?.slice(6)]).toEqual(["answered", "10:00"]);
    expect(await told("issuer", id)).toEqual(["answered"]);
    const closed = await call("officer", "POST", "evidence-challenges", {
      purpose: "rectification",
      subjectId: id,
    });
    expect(codeOf(closed)).toBe("409 evidence.subject_closed");

    const pictures = await call("regulator", "GET", `evidence?purpose=rectification&subjectId=${id}`);
    expect(pictures.json().evidence).toMatchObject([{ evidenceId }]);
    for (const [body, code] of [
      [findings(true), "items_unknown"],
      [{ items: [...findings(true, true).items, { itemNo: 3, isPassed: true }] }, "items_unknown"],
      [
        {
          items: [
            { itemNo: 1, isPassed: true },
            { itemNo: 2, isPassed: false },
          ],
        },
        "note_missing",
      ],
      [{ ...findings(true, false), dueAt: "2026-01-01T00:00:00Z" }, "deadline_past"],
    ] as const) {
      const refused = await call("issuer", "POST", `rectifications/${id}/reinspection`, body);
      expect(codeOf(refused)).toBe(`409 rectification.${code}`);
    }
    const back = await must("issuer", `${id}/reinspection`, findings(true, false));
    expect(back).toMatchObject({ status: "issued", round: 2, reinspectBy: null });
    expect(back.items.map(({ state }) => state)).toEqual(["passed", "open"]);
    const passedItem = await call("officer", "POST", `rectifications/${id}/items/1/answer`, {
      answer: "演示",
    });
    expect(codeOf(passedItem)).toBe("409 rectification.item_not_open");
    await answerAll(id, [2]);
    const passed = await must("regulator", `${id}/reinspection`, { items: [{ itemNo: 2, isPassed: true }] });
    expect(passed).toMatchObject({ status: "passed", mayDo: [] });
    expect(passed.history.map(({ what, role }) => [what, role])).toEqual([
      ["issued", "station-staff"],
      ["item-answered", "enterprise-officer"],
      ["item-answered", "enterprise-officer"],
      ["submitted", "enterprise-officer"],
      ["failed", "station-staff"],
      ["item-answered", "enterprise-officer"],
      ["submitted", "enterprise-officer"],
      ["passed", "regulator"],
    ]);
    expect(await told("officer", id)).toEqual(["due", "passed", "returned"]);
    const late = await call("officer", "POST", `rectifications/${id}/submission`);
    expect(codeOf(late)).toBe("409 rectification.wrong_status");
  });

  test("more time is asked for once, granted or refused with the reason", async () => {
    const id = await issue();
    const { dueAt } = await shown(id);
    const until = new Date(Date.parse(dueAt) + 24 * HOUR_MS).toISOString();
    const ask = (wish: string) =>
      call("officer", "POST", `rectifications/${id}/extension`, { until: wish, reason: "演示：配件未到" });
    expect(codeOf(await ask(dueAt))).toBe("409 rectification.deadline_past");
    expect((await ask(until)).json()).toMatchObject({ extension: { until, reason: "演示：配件未到" } });
    expect(codeOf(await ask(until))).toBe("409 rectification.extension_open");
    expect((await shown(id)).mayDo).toEqual(["decide-extension", "cancel"]);
    const decide = (isGranted: boolean) =>
      call("issuer", "POST", `rectifications/${id}/extension-decision`, { isGranted, reason: "演示理由" });
    expect((await decide(false)).json()).toMatchObject({ extension: null, dueAt });
    expect(codeOf(await decide(true))).toBe("409 rectification.no_extension");
    await ask(until);
    // Granted after the deadline: what that has brought about is undone.
    await timeTo("1 10:00");
    expect(await shown(id)).toMatchObject({ isOverdue: true });
    const granted = (await decide(true)).json();
    expect(granted).toMatchObject({ dueAt: until, isOverdue: false, level: 0 });
    const points = await firms.app.ctx.db
      .selectFrom("credit_bookings")
      .select(["points", "ended_why"])
      .where("cause_id", "=", id)
      .execute();
    expect(points).toEqual([{ points: -15, ended_why: "cancelled" }]);
    const again = new Date(Date.parse(until) + HOUR_MS).toISOString();
    expect(codeOf(await ask(again))).toBe("409 rectification.extensions_used_up");
    await timeTo("2 10:00");
    expect(codeOf(await ask(again))).toBe("409 rectification.extension_too_late");
    expect(await told("officer", id)).toEqual(["due", "extended", "extension-refused", "overdue", "overdue"]);
    await must("issuer", `${id}/cancellation`, { reason: "演示撤销" });
  });

  test("overdue, it goes up level by level at the minute, each once, whatever is restarted or late", async () => {
    const id = await issue({ severity: "warning", machineIds: [] });
    await timeTo("7 09:59");
    expect(await shown(id)).toMatchObject({ isOverdue: false, level: 0 });
    // 40 working hours from Monday 10:00: Monday 10:00 of the next week.
    await timeTo("7 10:00");
    expect(await shown(id)).toMatchObject({ isOverdue: true, level: 0 });
    // Two servers, and one that comes later, find it done.
    await Promise.all([passRectificationTime(firms.app.ctx), passRectificationTime(firms.app.ctx)]);
    await timeTo("8 09:59");
    expect((await shown(id)).history.map(({ what }) => what)).toEqual(["issued", "overdue"]);
    // No server ran for two days: both deadlines count, each at its own instant.
    await timeTo("9 12:00");
    const late = await shown(id);
    expect(late.level).toBe(2);
    expect(late.history.slice(2).map(({ what, at }) => [what, localTime(at)?.slice(6)])).toEqual([
      ["escalated", "10:00"],
      ["escalated", "10:00"],
    ]);
    await timeTo("14 12:00");
    expect((await shown(id)).history.map(({ what }) => what)).toEqual([
      "issued",
      "overdue",
      ...Array.from({ length: 4 }, () => "escalated"),
    ]);
    // The township's own people first, then county, city and province, which reminds the nearest below it.
    expect(await told("issuer", id)).toEqual(Array.from({ length: 5 }, () => "overdue"));
    expect((await told("regulator", id)).length).toBeGreaterThanOrEqual(2);
    expect((await told("city", id)).length).toBeGreaterThanOrEqual(1);
    expect(await told("outside", id)).toEqual([]);
    // Late it may still hand in; nobody re-inspects, and that escalates too.
    expect((await answerAll(id)).level).toBe(0);
    await timeTo("17 11:59");
    expect(await shown(id)).toMatchObject({ status: "answered", level: 1 });
    expect(await told("regulator", id)).toContain("not-reinspected");
    await must("issuer", `${id}/reinspection`, findings(true, true));
    weeks += 3;
  });

  test("locks its machines where the region says so, never mid-weld, until it has passed", async () => {
    const { own, app, workSessionId } = firms;
    const policy = {
      basedOnVersion: 0,
      reason: "演示调整",
      values: { start: {}, hotWork: {}, rectification: { lockOverdue: "danger" } },
    };
    const set = await call("regulator", "POST", `region-policies/${county}`, policy);
    expect(set.statusCode, set.body).toBe(201);
    const id = await issue({ machineIds: [own.machine.machineId, own.idle.machineId] });
    const machine = async (machineId: string) =>
      (await call("regulator", "GET", `machines/${machineId}`)).json();
    await lockOverdueMachines(app.ctx);
    expect((await machine(own.idle.machineId)).lockReason).toBeNull();
    await timeTo("1 10:00");
    await lockOverdueMachines(app.ctx);
    const { number, machines } = await shown(id);
    expect(machines.map(({ isLocked }) => isLocked).sort()).toEqual([false, true]);
    expect((await machine(own.idle.machineId)).lockReason).toBe(`整改逾期 ${number}`);
    // The one at work is asked to stop, once, and locked when it has stopped.
    expect(app.lastCommandTo(own.machine.chip, "revoke")).toMatchObject({ workSessionId, reason: "stopped" });
    await lockOverdueMachines(app.ctx);
    expect(app.commandsTo(own.machine.chip).filter(({ kind }) => kind === "revoke")).toHaveLength(1);
    expect((await machine(own.machine.machineId)).lockReason).toBeNull();
    await app.say(own.machine.chip.deEnergised(workSessionId));
    await lockOverdueMachines(app.ctx);
    expect((await machine(own.machine.machineId)).lockReason).toBe(`整改逾期 ${number}`);

    const unlock = await call("regulator", "POST", `machines/${own.idle.machineId}/unlock`, {
      reason: "演示放行",
    });
    expect(codeOf(unlock)).toBe("409 machine.locked_by_rectification");
    // A region's lock over it: lifted, the machine stays with the order to rectify.
    const area = { kind: "lock", region: county, reason: "演示全域停火" };
    const { regionOrderId } = (await call("regulator", "POST", "region-orders", area)).json();
    people.colleague ??= (await buildStaff(app, "regulator", { region: county })).personId;
    await call("colleague", "POST", `region-orders/${regionOrderId}/confirmation`);
    await call("regulator", "POST", `region-orders/${regionOrderId}/lifting`, { reason: "演示解除" });
    await call("colleague", "POST", `region-orders/${regionOrderId}/lifting/confirmation`);
    expect((await machine(own.idle.machineId)).lockReason).toBe(`整改逾期 ${number}`);
    // Somebody locks one by hand as well: that stays.
    await call("regulator", "POST", `machines/${own.machine.machineId}/lock`, { reason: "演示检修" });

    await answerAll(id);
    const failed = await must("issuer", `${id}/reinspection`, findings(true, false));
    expect(failed.machines.every(({ isLocked }) => isLocked)).toBe(true);
    await answerAll(id, [2]);
    await must("issuer", `${id}/reinspection`, { items: [{ itemNo: 2, isPassed: true }] });
    expect((await machine(own.idle.machineId)).lockReason).toBeNull();
    expect((await machine(own.machine.machineId)).lockReason).toBe("演示检修");
  });

  test("the notice is printed, and looked up by its code without signing in", async () => {
    const id = await issue({ machineIds: [] });
    const { verificationCode, number } = await shown(id);
    const printed = await call("officer", "GET", `rectifications/${id}/notice.pdf`);
    expect([printed.headers["content-type"], printed.rawPayload.subarray(0, 5).toString()]).toEqual([
      "application/pdf",
      "%PDF-",
    ]);
    const typed = verificationCode.toLowerCase().replace(/(.{4})(?=.)/g, "$1-");
    const found = await call(undefined, "GET", `rectification-verifications/${typed}`);
    expect(found.json()).toMatchObject({ number, status: "issued" });
    const unknown = await call(undefined, "GET", "rectification-verifications/0000000000000000");
    expect(codeOf(unknown)).toBe("404 rectification.not_found");
  });

  test("by who commands in the region only; firms see and answer their own", async () => {
    const id = await issue({ machineIds: [] });
    const one = `rectifications/${id}`;
    expect(codeOf(await call(undefined, "GET", one))).toBe("401 sign_in.required");
    expect(codeOf(await call("outside", "GET", one))).toBe("403 region.out_of_scope");
    expect(codeOf(await call("otherOfficer", "GET", one))).toBe("403 region.out_of_scope");
    expect((await call("outside", "GET", "rectifications")).json().total).toBe(0);
    const own = (await call("officer", "GET", "rectifications?isOwn=true&isOpen=true")).json().items;
    expect(own[0]).toMatchObject({ rectificationId: id });
    for (const [who, path, body, code] of [
      ["outside", "", order(), "403 region.out_of_scope"],
      ["officer", "", order(), "403 role.forbidden"],
      ["issuer", "", order({ enterpriseId: nobody }), "404 enterprise.not_found"],
      [
        "issuer",
        "",
        order({ machineIds: [firms.foreign.machine.machineId] }),
        "409 rectification.other_firm",
      ],
      ["issuer", "", order({ source: "alarm", alarmId: nobody }), "404 alarm.not_found"],
      ["issuer", "", order({ source: "alarm" }), "409 rectification.other_firm"],
      ["issuer", "", order({ answerablePersonId: people.regulator }), "409 rectification.not_an_officer"],
      ["issuer", "", order({ dueAt: "2026-01-01T00:00:00Z" }), "409 rectification.deadline_past"],
      ["otherOfficer", `/${id}/submission`, {}, "404 rectification.not_found"],
      ["issuer", `/${id}/submission`, {}, "403 role.forbidden"],
      ["officer", `/${id}/cancellation`, { reason: "演示" }, "403 role.forbidden"],
      ["outside", `/${id}/cancellation`, { reason: "演示" }, "403 region.out_of_scope"],
      ["issuer", `/${nobody}/cancellation`, { reason: "演示" }, "404 rectification.not_found"],
    ] as const) {
      expect([path, codeOf(await call(who, "POST", `rectifications${path}`, body))]).toEqual([path, code]);
    }
    const bad = await call(
      "issuer",
      "POST",
      "rectifications",
      order({ title: " ", items: [], severity: "huge" }),
    );
    expect([bad.statusCode, fieldsOf(bad).sort()]).toEqual([
      400,
      ["body.items", "body.severity", "body.title"],
    ]);
    const { clauses } = (await call("issuer", "GET", "rectification-clauses")).json();
    expect(clauses.length).toBeGreaterThan(5);
    const [read] = clauses;
    expect(read.verified).toBe(true);
    const named = { what: "演示", clause: { source: read.source.zh, article: read.article } };
    const detail = await must("issuer", "", order({ machineIds: [], items: [named] }));
    expect(detail.items[0]!.clause).toMatchObject({ verified: true, source: read.source });
  });
});
