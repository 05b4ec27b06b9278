import type { Appeal, CreditDetail, RectificationDetail } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { passAppealTime } from "../src/features/appeals/appeals.ts";
import { followCredit } from "../src/features/credit/credit.ts";
import { alarmSteps } from "./alarm-steps.ts";
import {
  type BuiltMachine,
  buildMachine,
  buildRegion,
  buildStaff,
  buildWelder,
  county,
  township,
} from "./county.ts";
import { engines } from "./database.ts";
import { signInAnew } from "./sign-in-anew.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe.each(engines)("credit and appeals on %s", (engine) => {
  let firms: TwoFirms;
  let machine: BuiltMachine;
  const people: Record<string, PersonId> = {};
  beforeAll(async () => {
    firms = await twoFirms(engine);
    const { app, own } = firms;
    for (const region of ["33", "3307", county] as const) await buildRegion(app.ctx, region as never);
    for (const name of ["regulator", "colleague"]) {
      people[name] = (await buildStaff(app, "regulator", { region: county })).personId;
    }
    people.station = (await buildStaff(app, "station-staff", { region: township })).personId;
    people.city = (await buildStaff(app, "regulator", { region: "3307" as never })).personId;
    people.outside = (await buildStaff(app, "regulator", { region: "330702" as never })).personId;
    people.officer = (
      await buildStaff(app, "enterprise-officer", { enterpriseId: own.enterpriseId })
    ).personId;
    people.welder = own.welder.personId;
    people.stranger = firms.foreign.welder.personId;
    machine = await buildMachine(app.ctx, { enterpriseId: own.enterpriseId, name: "演示信用机" });
    await app.bringOnline(machine.chip);
  });
  afterAll(() => firms?.app.close());

  /** Sign-ins end sooner than what is tested here. */
  const signedIn = (who: string) => signInAnew(firms.app, people[who]!);
  const call = async (who: string | undefined, method: "GET" | "POST", path: string, body?: object) =>
    await firms.app.call(method, `/api/${path}`, {
      ...(who ? { cookie: await signedIn(who) } : {}),
      ...(body ? { body } : {}),
    });
  const own = async (who: string): Promise<CreditDetail> =>
    (await call(who, "GET", "me/credit")).json().accounts[0];
  const newest = async (who: string) => (await own(who)).bookings[0]!;
  const follow = () => followCredit(firms.app.ctx);
  const appeal = (who: string, subjectId: string, subject = "credit-booking") =>
    call(who, "POST", "me/appeals", { subject, subjectId, reason: "演示：情况不属实" });
  const decide = (who: string, appealId: string, isAllowed: boolean) =>
    call(who, "POST", `appeals/${appealId}/decision`, { isAllowed, reason: "演示：经核实" });

  /** A tamper alarm of the machine that the station handled and the regulator verified. */
  async function confirmedTamper(): Promise<string> {
    const { app, get } = firms;
    app.clock.advance(1_000);
    const steps = alarmSteps(firms);
    await app.say(machine.chip.event("tamper", { raised: true }));
    const { items } = (
      await get("operator", `/api/alarms?machineId=${machine.machineId}&isOpen=true`)
    ).json();
    const { alarmId } = items[0];
    await steps.mustAct("station", alarmId, "acknowledgement");
    await steps.mustAct("station", alarmId, "handling", { result: "演示到场", measures: "演示处置" });
    await app.say(machine.chip.event("tamper", { raised: false }));
    await follow();
    await steps.mustAct("regulator", alarmId, "verification");
    await steps.mustAct("regulator", alarmId, "closure");
    return alarmId;
  }

  test("a confirmed alarm takes points by the rule in force, once; found false, they are back", async () => {
    const alarmId = await confirmedTamper();
    expect((await own("officer")).credit).toBe(100);
    await follow();
    await Promise.all([follow(), follow()]);
    const account = await own("officer");
    expect(account).toMatchObject({ credit: 80, isLow: false, leastToStart: 0 });
    expect(account.bookings).toMatchObject([
      { cause: "alarm:tamper", causeId: alarmId, points: -20, ruleVersion: "default-1", endedAt: null },
    ]);
    const { items } = (await call("officer", "GET", "me/messages")).json();
    expect(items.map(({ title }: { title: string }) => title)).toContain("信用分扣 20 分");

    const steps = alarmSteps(firms);
    await steps.mustAct("regulator", alarmId, "reopening", { reason: "演示复查" });
    await steps.mustAct("regulator", alarmId, "false-alarm", { reason: "演示误报" });
    await follow();
    expect(await own("officer")).toMatchObject({ credit: 100, bookings: [{ endedWhy: "false-alarm" }] });
  });

  test("a start without a certificate takes points of the welder once a day; a grant takes none", async () => {
    const { app } = firms;
    const { personId, welderId, cookie } = await buildWelder(app, {
      enterprises: [firms.own.enterpriseId],
      certificate: null,
    });
    people.uncertified = personId;
    const tap = () => firms.start({ cookie }, machine.machineCode);
    expect((await tap()).json().outcome).toBe("refuse");
    await tap();
    await follow();
    expect(await own("uncertified")).toMatchObject({ credit: 98, bookings: [{ points: -2 }] });
    app.clock.advance(DAY_MS);
    await firms.app.call("POST", "/api/work-sessions", {
      cookie: await signedIn("uncertified"),
      body: { machineCode: machine.machineCode, position: null, idempotencyKey: app.ctx.newId() },
    });
    await follow();
    expect((await own("uncertified")).credit).toBe(96);
    expect((await own("welder")).credit).toBe(100);

    // Points alone refuse nothing; where the region asks for some, the decision names its policy.
    const facts = await firms.app.ctx.db
      .selectFrom("decisions")
      .select(["facts", "reasons"])
      .where("welder_id", "=", welderId)
      .orderBy("decided_at", "desc")
      .executeTakeFirstOrThrow();
    expect(facts.facts).toMatchObject({ welder: { credit: 98 } });
    expect(JSON.stringify(facts.reasons)).not.toContain("welder-credit");
    const policy = {
      basedOnVersion: 0,
      reason: "演示调整",
      values: { start: { leastCreditToStart: 97 }, hotWork: {}, rectification: { creditShownBelow: 97 } },
    };
    expect((await call("regulator", "POST", `region-policies/${county}`, policy)).statusCode).toBe(201);
    const refused = await firms.app.call("POST", "/api/work-sessions", {
      cookie: await signedIn("uncertified"),
      body: { machineCode: machine.machineCode, position: null, idempotencyKey: app.ctx.newId() },
    });
    const reason = refused
      .json()
      .reasons.find(({ ruleId }: { ruleId: string }) => ruleId === "welder-credit");
    expect(reason).toMatchObject({
      clause: { kind: "policy", policyKeys: ["leastCreditToStart"] },
      data: { credit: 96, limit: 97 },
    });
    const low = (await call("regulator", "GET", `credit?holder=welder&isLow=true&region=${county}`)).json();
    expect(low.items).toMatchObject([{ holderId: welderId, credit: 96, isLow: true, name: "演***" }]);
  });

  test("training gives points back as far as some are missing; the rest come with time", async () => {
    const { app } = firms;
    const id = (await own("uncertified")).holderId;
    const train = (who: string) => call(who, "POST", `credit/welder/${id}/training`, { reason: "演示培训" });
    expect(codeOf(await train("outside"))).toBe("403 region.out_of_scope");
    expect(codeOf(await train("station"))).toBe("403 role.forbidden");
    app.clock.advance(1_000);
    const trained = (await train("regulator")).json<CreditDetail>();
    expect(trained).toMatchObject({
      credit: 100,
      bookings: [{ cause: "training", points: 4, note: "演示培训" }, {}, {}],
    });
    expect(codeOf(await train("regulator"))).toBe("409 credit.full");
    expect(codeOf(await call("regulator", "GET", `credit/welder/${nobody}`))).toBe("404 credit.not_found");
    const { returnsAt } = trained.bookings[2]!;
    app.clock.advance(Date.parse(returnsAt!) - app.clock.nowMs() - 1);
    await follow();
    expect((await own("uncertified")).bookings.filter(({ endedWhy }) => endedWhy === "time")).toHaveLength(0);
    app.clock.advance(1);
    await follow();
    const back = (await own("uncertified")).bookings.filter(({ endedWhy }) => endedWhy === "time");
    expect(back.map(({ creditBookingId }) => creditBookingId)).toEqual([
      trained.bookings[2]!.creditBookingId,
    ]);
  });

  test("rules are published with a date, for anybody to read; what was booked keeps its version", async () => {
    const { app } = firms;
    const open = (await call(undefined, "GET", "credit-rules")).json();
    expect(open.versions).toMatchObject([{ version: "default-1", isInForce: true }]);
    const publish = (who: string | undefined, changes: object = {}) =>
      call(who, "POST", `credit-rules/${county}`, {
        basedOnVersion: 0,
        reason: "演示发布",
        rules: [{ cause: "alarm:tamper", holder: "enterprise", points: 40 }],
        returnsAfterDays: 30,
        ...changes,
      });
    expect(codeOf(await publish(undefined))).toBe("401 sign_in.required");
    expect(codeOf(await publish("outside"))).toBe("403 region.out_of_scope");
    expect(codeOf(await publish("station"))).toBe("403 role.forbidden");
    const rule = { cause: "training", holder: "welder", points: 5 };
    const twice = await publish("regulator", { rules: [rule, rule], effectiveFrom: "2020-01-01T00:00:00Z" });
    expect([twice.statusCode, fieldsOf(twice)]).toEqual([400, ["body.rules.1.cause", "body.effectiveFrom"]]);
    expect((await publish("regulator", { rules: [{ ...rule, points: 0 }] })).statusCode).toBe(400);
    const effectiveFrom = new Date(app.clock.nowMs() + HOUR_MS).toISOString();
    expect((await publish("regulator", { effectiveFrom })).json()).toMatchObject({
      version: `${county}-1`,
      isInForce: false,
    });
    expect(codeOf(await publish("regulator"))).toBe("409 credit_rules.changed_meanwhile");
    app.clock.advance(HOUR_MS);
    const shown = (await call(undefined, "GET", `credit-rules?region=${township}`)).json();
    expect(
      shown.versions.map(({ version, isInForce }: Record<string, unknown>) => [version, isInForce]),
    ).toEqual([
      [`${county}-1`, true],
      ["default-1", false],
    ]);
    await app.bringOnline(machine.chip);
    await renewSignIns();
    await confirmedTamper();
    await follow();
    expect(await newest("officer")).toMatchObject({ points: -40, ruleVersion: `${county}-1` });
    expect((await own("officer")).credit).toBe(60);
  });

  /** The sign-ins of the two firms' people are over long since. */
  async function renewSignIns() {
    const { ctx } = firms.app;
    await ctx.db
      .updateTable("sign_ins")
      .set({ last_seen_at: new Date(ctx.clock.nowMs()), expires_at: new Date(ctx.clock.nowMs() + DAY_MS) })
      .execute();
  }

  test("an appeal is decided by another person in time; allowed, the points are back", async () => {
    const { app } = firms;
    const { creditBookingId: bookingId } = await newest("officer");
    expect(codeOf(await appeal("stranger", bookingId))).toBe("404 appeal.subject_not_found");
    expect(codeOf(await appeal("officer", nobody))).toBe("404 appeal.subject_not_found");
    expect(codeOf(await appeal("regulator", bookingId))).toBe("403 role.forbidden");
    const made = (await appeal("officer", bookingId)).json<Appeal>();
    expect(made).toMatchObject({ status: "open", points: -40, appellantName: "演示甲厂", level: 0 });
    expect(codeOf(await appeal("officer", bookingId))).toBe("409 appeal.made_already");
    expect(await newest("officer")).toMatchObject({ appealBy: null, appeal: { status: "open" } });

    expect(codeOf(await decide("outside", made.appealId, true))).toBe("403 region.out_of_scope");
    expect(codeOf(await call("outside", "GET", `appeals/${made.appealId}`))).toBe("403 region.out_of_scope");
    const verifier = await app.ctx.db
      .selectFrom("appeals")
      .select("made_by")
      .where("appeal_id", "=", made.appealId)
      .executeTakeFirstOrThrow();
    people.verifier = verifier.made_by!;
    expect(codeOf(await decide("verifier", made.appealId, true))).toBe("403 appeal.needs_another_person");
    expect((await call("verifier", "GET", `appeals/${made.appealId}`)).json().mayDecide).toBe(false);
    // Nobody decides in time: it goes up, at the minute and once.
    app.clock.advance(Date.parse(made.decideBy) - app.clock.nowMs() - 1);
    await passAppealTime(app.ctx);
    expect((await call("regulator", "GET", `appeals/${made.appealId}`)).json().level).toBe(0);
    app.clock.advance(1);
    await Promise.all([passAppealTime(app.ctx), passAppealTime(app.ctx)]);
    expect((await call("regulator", "GET", `appeals/${made.appealId}`)).json()).toMatchObject({
      level: 1,
      mayDecide: true,
    });

    const allowed = (await decide("colleague", made.appealId, true)).json<Appeal>();
    expect(allowed).toMatchObject({
      status: "allowed",
      decision: { reason: "演示：经核实" },
      mayDecide: false,
    });
    expect(codeOf(await decide("colleague", made.appealId, false))).toBe("409 appeal.not_open");
    expect(await own("officer")).toMatchObject({ credit: 100, bookings: [{ endedWhy: "appeal" }, {}] });
    // What was decided is not booked anew.
    await follow();
    expect((await own("officer")).credit).toBe(100);
    expect((await call("officer", "GET", "me/appeals")).json().items).toMatchObject([{ status: "allowed" }]);
  });

  test("too late, or over, there is nothing to appeal; an order is appealed with all that it took", async () => {
    const { app } = firms;
    await renewSignIns();
    await confirmedTamper();
    await follow();
    const booking = await newest("officer");
    app.clock.advance(Date.parse(booking.appealBy!) - app.clock.nowMs());
    expect(codeOf(await appeal("officer", booking.creditBookingId))).toBe("409 appeal.too_late");
    const ended = (await own("officer")).bookings.find(({ endedWhy }) => endedWhy === "false-alarm")!;
    expect(codeOf(await appeal("officer", ended.creditBookingId))).toBe("409 appeal.nothing_to_appeal");

    const body = {
      enterpriseId: firms.own.enterpriseId,
      source: "free",
      severity: "notice",
      title: "演示问题",
      items: [{ what: "演示问题" }],
    };
    const issued = (await call("station", "POST", "rectifications", body)).json<RectificationDetail>();
    const made = (await appeal("officer", issued.rectificationId, "rectification")).json<Appeal>();
    expect(made.about.zh).toBe(`整改通知 ${issued.number}`);
    expect(codeOf(await decide("station", made.appealId, true))).toBe("403 appeal.needs_another_person");
    expect((await decide("regulator", made.appealId, true)).json()).toMatchObject({ status: "allowed" });
    const order = (await call("station", "GET", `rectifications/${issued.rectificationId}`)).json();
    expect([order.status, order.history.at(-1).what]).toEqual(["cancelled", "appeal-allowed"]);
    const other = (await call("station", "POST", "rectifications", body)).json<RectificationDetail>();
    const second = (await appeal("officer", other.rectificationId, "rectification")).json<Appeal>();
    await decide("regulator", second.appealId, false);
    expect((await call("officer", "GET", `rectifications/${other.rectificationId}`)).json().status).toBe(
      "issued",
    );
    const listed = (await call("regulator", "GET", "appeals?status=refused")).json();
    expect(listed.items).toMatchObject([{ appealId: second.appealId }]);
    expect((await call("outside", "GET", "appeals")).json().total).toBe(0);
  });
});
