import type { HotWorkPermitId, KeyAreaId } from "@hanyouxu/protocol";
import { defaultHotWorkPolicy } from "@hanyouxu/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  closePermit,
  decideHotWork,
  expirePermits,
  hotWorkFactsOf,
  permitOf,
  selectPermitFor,
} from "../src/features/hot-work-permits/hot-work-permits.ts";
import { engines } from "./database.ts";
import { approval, buildArea, goodForm, type PermitWorld, permitWorld } from "./permit-world.ts";
import { textOfPdf } from "./read-sheets.ts";
import { codeOf } from "./two-firms.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const rules = (reasons: { ruleId: string }[]) => reasons.map(({ ruleId }) => ruleId);

describe.each(engines)("the law on permits of a chemical firm on %s", (engine) => {
  let world: PermitWorld;
  beforeAll(async () => {
    world = await permitWorld(engine, "chemical");
    // From a Sunday to a Monday at eight: no reason to grade up.
    await world.app.clock.advance(24 * hourMs);
  });
  afterAll(() => world?.app.close());

  const sample = (change: object = {}) => ({
    sampledAt: world.isoIn(0),
    place: "surroundings",
    gas: "甲烷",
    lelVolPercent: 5,
    measuredVolPercent: 0.1,
    oxygenVolPercent: 20.9,
    withinMetres: 4,
    ...change,
  });
  async function tested(change: Parameters<PermitWorld["draft"]>[0] = {}): Promise<string> {
    const permitId = await world.draft(change);
    await world.step("welder", permitId, "gas-tests", sample());
    return permitId;
  }
  async function submitted(change: Parameters<PermitWorld["draft"]>[0] = {}): Promise<string> {
    const permitId = await tested(change);
    const response = await world.step("welder", permitId, "submission");
    if (response.statusCode !== 200) throw new Error(response.body);
    await world.app.clock.advance(10_000);
    return permitId;
  }

  test("what an approval was refused or granted on is decided again by the permit's id, for who may see it", async () => {
    const permitId = await submitted();
    const replay = (who: Parameters<PermitWorld["call"]>[0], id = permitId) =>
      world.call(who, "GET", `/api/law/replays/${id}`);
    expect(codeOf(await replay("regulator"))).toBe("404 decision.not_found");
    // The unit's own head may not approve special or first-grade work.
    await world.step("officer", permitId, "approval", approval({ asRole: "unit" }));
    const { outcome } = (await replay("regulator")).json().stored;
    expect((await replay("regulator")).json()).toMatchObject({
      decisionId: permitId,
      about: "hot-work",
      isSame: true,
      isSameLaw: true,
      again: { outcome },
    });
    await world.step("officer", permitId, "approval", approval({ asRole: "safety-department" }));
    expect((await replay("officer")).json()).toMatchObject({
      isSame: true,
      isSameLaw: true,
      stored: { outcome: "grant", reasons: [] },
      again: { outcome: "grant", reasons: [] },
    });
    expect((await replay("otherOfficer")).statusCode).toBe(403);
    expect((await replay("welder")).statusCode).toBe(403);
    expect((await replay(undefined)).statusCode).toBe(401);
  });

  test("a gas test, a grade and a supervisor are asked for", async () => {
    const permitId = await world.draft({ grade: null, supervisorPersonId: null });
    expect((await world.detail(permitId)).missing).toEqual(
      expect.arrayContaining(["grade", "supervisor", "gasTests"]),
    );
  });

  test("a grade too low for the place is refused before it is submitted, with clause and fix", async () => {
    const permitId = await tested({ grade: "grade-2" });
    const { lawReasons } = await world.detail(permitId);
    const reason = lawReasons.find(({ ruleId }: { ruleId: string }) => ruleId === "grade-high-enough");
    expect(reason.clause.article).toMatch(/^5\.1/);
    expect(codeOf(await world.step("welder", permitId, "submission"))).toBe("409 hot_work_permit.incomplete");
  });

  test.each([
    ["grade-1", 8, true],
    ["grade-1", 8.01, false],
  ] as const)("%s for %f hours: %s", async (grade, hours, isAllowed) => {
    const plannedFrom = world.isoIn(hourMs);
    const plannedTo = new Date(Date.parse(plannedFrom) + hours * hourMs).toISOString();
    const { lawReasons } = await world.detail(await tested({ grade, plannedFrom, plannedTo }));
    expect(rules(lawReasons).includes("ticket-hours")).toBe(!isAllowed);
  });

  test("72 hours of grade 2 are allowed where nothing can explode", async () => {
    const form = goodForm("chemical");
    const quiet = { ...form, place: { ...form.place, isExplosiveArea: false } };
    const plannedTo = world.isoIn(73 * hourMs);
    const { lawReasons } = await world.detail(await tested({ grade: "grade-2", form: quiet, plannedTo }));
    expect(rules(lawReasons)).not.toContain("ticket-hours");
  });

  test("an approver of too low a level is refused by the law; the decision stays with the permit", async () => {
    const permitId = await submitted();
    const response = await world.step("officer", permitId, "approval", approval({ asRole: "unit" }));
    expect(response.json()).toMatchObject({ outcome: "refuse", permit: { status: "submitted" } });
    expect(rules(response.json().reasons)).toEqual(["approver-level"]);
    expect(response.json().reasons[0]).toMatchObject({
      clause: { article: "B.1" },
      fix: { zh: expect.any(String) },
    });
    expect(rules((await world.detail(permitId)).decision.reasons)).toEqual(["approver-level"]);
    const again = await world.step(
      "officer",
      permitId,
      "approval",
      approval({ asRole: "safety-department" }),
    );
    expect(again.json()).toMatchObject({
      outcome: "grant",
      permit: { grade: "grade-1", status: "approved" },
    });
    const paper = await world.call("officer", "GET", `/api/hot-work-permits/${permitId}/ticket.pdf`);
    const text = textOfPdf(new Uint8Array(paper.rawPayload));
    expect(text).toMatch(/特级 \[ +\]\s+一级 \[x\]\s+二级 \[ +\]/);
    for (const words of ["甲烷", "0.1", "乙炔气瓶直立放置", "安全管理部门意见", "现场审批：距动火点 0 米"]) {
      expect(text, words).toContain(words);
    }
  });

  test("what an approved permit says is enough for the start, and too old a sample is not", async () => {
    const permitId = (await submitted({ plannedFrom: world.isoIn(5_000) })) as HotWorkPermitId;
    await world.step("officer", permitId, "approval", approval());
    const permit = (await permitOf(world.ctx.db, permitId))!;
    const start = async (atMs: number) => {
      const moment = {
        moment: "start",
        atMs,
        isWatchPresent: true,
        hasChanged: false,
        pointsPerWatch: 1,
      } as const;
      const facts = await hotWorkFactsOf(world.ctx.db, permit, moment);
      return decideHotWork(facts, atMs, defaultHotWorkPolicy).decision;
    };
    const nowMs = world.app.clock.nowMs();
    expect(await start(nowMs + minuteMs)).toMatchObject({ outcome: "grant", reasons: [] });
    const late = await start(nowMs + 31 * minuteMs);
    expect(late.outcome).toBe("refuse");
    expect(rules(late.reasons)).toEqual(["gas-sample-fresh"]);
  });

  test("what the paper's list says decides: no gas monitoring is no obstacle to grade 1, an uncovered opening is", async () => {
    const form = goodForm("chemical");
    const { "openings-covered": _, ...measures } = form.measures;
    const permitId = await tested({
      form: { ...form, measures: { ...measures, "gas-monitored": "not-involved" } },
    });
    const { missing, lawReasons } = await world.detail(permitId);
    expect(missing).toEqual(["measures.openings-covered"]);
    expect(rules(lawReasons)).not.toContain("special-grade-monitored");
  });

  test("the permit of a start is the approved one of its welder, area and machine", async () => {
    const keyAreaId = (await buildArea(world, world.ownerId, {
      kind: "chemical",
      regime: "chemical",
    })) as KeyAreaId;
    const first = await submitted({ keyAreaId });
    const second = await submitted({ keyAreaId, machineCode: null });
    const ask = (change: object = {}) =>
      selectPermitFor(world.ctx.db, {
        welderPersonId: world.people.welder.personId,
        machineId: world.machine.machineId,
        keyAreaId,
        atMs: world.app.clock.nowMs(),
        ...change,
      });
    expect((await ask())?.permit_id).toBe(second);
    await world.step("officer", first, "approval", approval());
    expect((await ask())?.permit_id).toBe(first);
    expect((await ask({ machineId: world.ctx.newId() }))?.permit_id).toBe(second);
    expect(await ask({ keyAreaId: null })).not.toMatchObject({ permit_id: first });
    expect(await ask({ atMs: world.app.clock.nowMs() + 9 * hourMs })).toBeUndefined();
    expect(await ask({ welderPersonId: world.people.otherWelder.personId })).toBeUndefined();
    const told = world.app.permitChanges.length;
    await world.ctx.db
      .transaction()
      .execute((tx) => closePermit(world.ctx, tx, first as HotWorkPermitId, world.app.clock.nowMs()));
    expect((await world.detail(first)).status).toBe("closed");
    // Who closes it knows.
    expect(world.app.permitChanges).toHaveLength(told);
  });

  test("what nobody ended expires at its time, approved or not, once", async () => {
    const plannedTo = world.isoIn(2 * hourMs);
    const waiting = await submitted({ plannedTo });
    const approved = await submitted({ plannedTo });
    await world.step("officer", approved, "approval", approval());
    await world.app.clock.advance(2 * hourMs - 60_000);
    await expirePermits(world.ctx);
    expect((await world.detail(approved)).status).toBe("approved");
    await world.app.clock.advance(60_000);
    await expirePermits(world.ctx);
    await expirePermits(world.ctx);
    expect([(await world.detail(waiting)).status, (await world.detail(approved)).status]).toEqual([
      "expired",
      "expired",
    ]);
    const entries = await world.ctx.db
      .selectFrom("audit_log")
      .select("seq")
      .where("subject", "=", `hot_work_permit:${approved}`)
      .where("action", "=", "hot_work_permit.expired")
      .orderBy("seq")
      .execute();
    expect(entries).toHaveLength(1);
    expect(codeOf(await world.step("officer", waiting, "approval", approval()))).toBe(
      "409 hot_work_permit.wrong_status",
    );
  });

  test("a designated hot-work area knows no grade", async () => {
    const form = goodForm("chemical");
    const fixed = { ...form, place: { ...form.place, isFixedHotWorkArea: true } };
    const permitId = await submitted({ grade: null, form: fixed });
    const response = await world.step("officer", permitId, "approval", approval({ asRole: "unit" }));
    expect(response.json()).toMatchObject({ outcome: "grant", permit: { grade: null } });
  });

  test("other owners' permits are none of an officer's business", async () => {
    const permitId = await submitted();
    expect(codeOf(await world.step("otherOfficer", permitId, "approval", approval()))).toBe(
      "403 region.out_of_scope",
    );
    expect(codeOf(await world.step("supervisor", permitId, "approval", approval()))).toBe(
      "403 role.forbidden",
    );
  });
});
