import { openClearance, defaultClearancePolicy as policy, stepClearance } from "@hanyouxu/rules";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { takeEvent } from "../src/features/clearances/clearances.ts";
import { type ClearanceSteps, clearanceSteps, codeOf } from "./clearance-steps.ts";
import { buildMachine, buildStaff, buildWelder, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import {
  buildEvidence,
  buildHotWorkTown,
  type HotWorkTown,
  northOfPoint,
  point,
  type SignedIn,
} from "./hot-work.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const MINUTE = 60_000;

describe.each(engines)("a clearance on %s", (engine) => {
  let app: TestPlatform;
  let town: HotWorkTown;
  let steps: ClearanceSteps;
  beforeAll(async () => {
    app = await withPlatform(engine);
    town = await buildHotWorkTown(app);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    // Another day, another machine and welder: nothing of the last test is open for them.
    app.clock.advance(10 * MINUTE);
    const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
    await app.bringOnline(machine.chip);
    town = { ...town, machine, welder: await buildWelder(app, { enterprises: [town.owner] }) };
    steps = clearanceSteps(app, town);
  });

  test("goes from the entry to the closed record, and the machine starts only when all is there", async () => {
    await steps.moveMachine();
    const refused = await steps.start();
    expect(refused.json()).toMatchObject({ outcome: "require", reasons: [{ ruleId: "key-area-clearance" }] });
    const { id, workSessionId } = await steps.working();
    expect(await steps.detail(id)).toMatchObject({ phase: "working", workSessionId, part: "welder" });
    const grant = app.lastCommandTo(town.machine.chip, "grant");
    await app.say(town.machine.chip.answer(grant.commandId, "accepted"));
    await app.say(town.machine.chip.energised(workSessionId as never));
    await app.say(town.machine.chip.deEnergised(workSessionId as never));
    await steps.sweep();
    expect(await steps.detail(id)).toMatchObject({ phase: "ready", workSessionId: null, hasWorked: true });
    const done = await steps.call(town.welder, "POST", `/api/clearances/${id}/completion`, {
      permitContinues: false,
    });
    expect(done.json().phase).toBe("smouldering");
    const again = await steps.start();
    expect(again.json().outcome).toBe("require");

    const early = await steps.call(town.watch, "POST", `/api/clearances/${id}/closure`);
    expect(codeOf(early)).toBe("clearance.smoulder-too-early");
    const { smoulderMinutes } = await steps.detail(id);
    const look = async (who: SignedIn) =>
      await steps.call(who, "POST", `/api/clearances/${id}/smoulder-checks`, {
        isSafe: true,
        evidenceIds: [await buildEvidence(app, who.personId, { purpose: "smoulder", subjectId: id })],
        position: northOfPoint(5),
      });
    for (let minute = 0; minute < smoulderMinutes; minute += 15) {
      app.clock.advance(15 * MINUTE);
      expect((await look(minute % 2 ? town.watch : town.welder)).statusCode).toBe(200);
    }
    const closed = await steps.call(town.watch, "POST", `/api/clearances/${id}/closure`);
    expect(closed.json(), closed.body).toMatchObject({ phase: "closed" });
    const permit = await app.ctx.db
      .selectFrom("hot_work_permits")
      .select("status")
      .where("permit_id", "=", closed.json().permit.permitId)
      .executeTakeFirstOrThrow();
    expect(permit.status).toBe("closed");
    await expectReplays(id);
    const paper = await steps.call(town.station, "GET", `/api/clearances/${id}/record.pdf`);
    expect(paper.headers["content-type"]).toBe("application/pdf");
    expect(paper.rawPayload.subarray(0, 5).toString()).toBe("%PDF-");
  });

  /** The stored events, taken again in order, lead to the stored state. */
  async function expectReplays(id: string): Promise<void> {
    const row = await app.ctx.db
      .selectFrom("clearances")
      .selectAll()
      .where("clearance_id", "=", id)
      .executeTakeFirstOrThrow();
    const events = await app.ctx.db
      .selectFrom("clearance_events")
      .selectAll()
      .where("clearance_id", "=", id)
      .orderBy("seq")
      .execute();
    const { demands, welderPersonId, smoulderPlan, earlierFails } = row.state;
    let state = openClearance(row.opened_at.getTime(), {
      demands,
      welderPersonId,
      smoulderPlan,
      earlierFails,
    });
    for (const { event, at, random, effects } of events) {
      const stepped = stepClearance(state, event, row.policy, at.getTime(), random);
      expect(stepped.effects).toEqual(effects);
      state = stepped.state;
    }
    expect({ ...state, atMs: 0 }).toEqual({ ...row.state, atMs: 0 });
  }

  test("of the same welder and machine is one, and another welder finds the machine taken", async () => {
    const id = await steps.opened();
    expect(await steps.opened()).toBe(id);
    const other = await buildWelder(app, { enterprises: [town.owner] });
    const response = await steps.call(other, "POST", "/api/clearances", {
      machineCode: town.machine.machineCode,
      keyAreaId: town.keyAreaId,
      position: point,
    });
    expect(codeOf(response)).toBe("clearance.machine_taken");
  });

  test("begins at the place: not from across the town", async () => {
    const response = await steps.call(town.welder, "POST", "/api/clearances", {
      machineCode: town.machine.machineCode,
      keyAreaId: town.keyAreaId,
      position: northOfPoint(3_000),
    });
    expect(codeOf(response)).toBe("clearance.not_at_area");
  });

  test("two fails call the station, which goes there and releases or forbids", async () => {
    for (const decision of ["release", "forbid"] as const) {
      const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
      steps = clearanceSteps(app, { ...town, machine });
      const id = await steps.permitted();
      await steps.judged(id, "fail");
      expect((await steps.detail(id)).sceneAttemptsLeft).toBe(1);
      await steps.judged(id, "fail");
      const { phase, stationCalls } = await steps.detail(id);
      expect(phase).toBe("referred");
      const callId = stationCalls[0]!.stationCallId;
      expect(await steps.noticesOf(town.station)).toContain("scene");
      const act = async (what: string, body: object = {}, who: SignedIn = town.station) =>
        await steps.call(who, "POST", `/api/station-calls/${callId}/${what}`, body);
      expect(codeOf(await act("arrival", { position: point }))).toBe("clearance.station-order");
      expect((await act("acceptance")).json().status).toBe("accepted");
      expect(codeOf(await act("arrival", { position: northOfPoint(5_000) }))).toBe("clearance.too_far");
      expect(codeOf(await act("arrival", { position: point }, town.regulator))).toBe(
        "station_call.not_yours",
      );
      expect((await act("arrival", { position: point })).json().status).toBe("on-site");
      app.clock.advance(MINUTE);
      const subject = { purpose: "station" as const, subjectId: callId };
      const evidenceIds = [await buildEvidence(app, town.station.personId, subject)];
      const decided = await act("decision", { decision, reason: "演示现场处置", evidenceIds });
      expect(decided.statusCode, decided.body).toBe(200);
      const after = await steps.detail(id);
      expect(after.phase).toBe(decision === "release" ? "watch-missing" : "forbidden");
      expect(await steps.noticesOf(town.welder)).toContain(
        decision === "release" ? "station-released" : "station-forbade",
      );
    }
  });

  test("giving up after a failed check does not wipe it out, with whichever machine", async () => {
    const id = await steps.permitted();
    await steps.judged(id, "fail");
    const given = await steps.call(town.welder, "POST", `/api/clearances/${id}/cancellation`, {
      reason: "演示放弃",
    });
    expect(given.statusCode, given.body).toBe(200);
    const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
    steps = clearanceSteps(app, { ...town, machine });
    const again = await steps.permitted();
    expect(await steps.detail(again)).toMatchObject({ sceneAttemptsLeft: 1 });
    await steps.judged(again, "fail");
    expect(await steps.detail(again)).toMatchObject({ phase: "referred" });
    await expectReplays(again);
  });

  test("a call that nobody accepts goes up the region tree at the promised minute", async () => {
    const id = await steps.permitted();
    await steps.judged(id, "refer");
    const before = (await steps.noticesOf(town.regulator)).length;
    app.clock.advance(policy.stationAcceptMinutes * MINUTE - 1);
    await steps.sweep();
    expect((await steps.detail(id)).stationCalls[0]).toMatchObject({ level: 0, region: "330723100" });
    app.clock.advance(1);
    await steps.sweep();
    expect((await steps.detail(id)).stationCalls[0]).toMatchObject({
      level: 1,
      region: "330723",
      status: "alerted",
    });
    await steps.sweep();
    expect((await steps.noticesOf(town.regulator)).length).toBe(before);
  });

  test("a suspended permit of the clearance stops new arcs at once", async () => {
    const { id, workSessionId } = await steps.working();
    const { permit } = await steps.detail(id);
    await takeEvent(app.ctx, {
      clearanceId: id,
      event: { kind: "permit-suspended", permitId: permit!.permitId },
      actor: town.approver.personId,
    });
    await steps.sweep();
    expect(app.lastCommandTo(town.machine.chip, "revoke")).toMatchObject({ workSessionId });
  });

  describe("pictures", () => {
    test("of yesterday, of another place and of somebody else are refused", async () => {
      const id = await steps.permitted();
      const subject = { purpose: "scene" as const, subjectId: id };
      const send = async (evidenceId: string) =>
        codeOf(
          await steps.call(town.welder, "POST", `/api/clearances/${id}/scene`, { evidenceIds: [evidenceId] }),
        );
      const { personId } = town.welder;
      const takenAtMs = app.clock.nowMs() - 24 * 60 * MINUTE;
      expect(await send(await buildEvidence(app, personId, subject, { takenAtMs }))).toBe(
        "evidence.taken_too_early",
      );
      expect(await send(await buildEvidence(app, personId, subject, { position: northOfPoint(3_000) }))).toBe(
        "evidence.too_far",
      );
      expect(await send(await buildEvidence(app, town.watch.personId, subject))).toBe("evidence.not_yours");
      expect((await steps.detail(id)).sceneChecks).toEqual([]);
    });

    test("that were found wanting are not shown again", async () => {
      const id = await steps.permitted();
      await steps.judged(id, "fail");
      const [check] = (await steps.detail(id)).sceneChecks;
      const { evidenceId } = check!.evidence[0]!;
      const again = await steps.call(town.welder, "POST", `/api/clearances/${id}/scene`, {
        evidenceIds: [evidenceId],
      });
      expect(codeOf(again)).toBe("evidence.taken_too_early");
    });
  });

  test("that cannot go on holds up no other, and the sweep's supervisor hears of it", async () => {
    const id = await steps.permitted();
    await steps.judged(id, "refer");
    const broken = await steps.detail(id);
    // Nobody can be told in a state that names no welder.
    const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
    const other = clearanceSteps(app, { ...town, machine });
    const later = await other.permitted();
    await other.judged(later, "refer");
    await app.ctx.db
      .updateTable("clearances")
      .set({ state: JSON.stringify({ permit: null }), due_at: new Date(0) })
      .where("clearance_id", "=", broken.clearanceId)
      .execute();
    app.clock.advance(policy.stationAcceptMinutes * MINUTE);
    await expect(steps.sweep()).rejects.toThrow("clearances failed");
    expect((await other.detail(later)).stationCalls[0]).toMatchObject({ level: 1 });
    await app.ctx.db
      .updateTable("clearances")
      .set({ due_at: null, ended_at: new Date(app.clock.nowMs()) })
      .where("clearance_id", "=", broken.clearanceId)
      .execute();
  });

  test("is decided once: the second reviewer hears that it is", async () => {
    const id = await steps.permitted();
    const sceneCheckId = await steps.shown(id);
    const judge = async (who: SignedIn) =>
      await steps.call(who, "POST", `/api/scene-checks/${sceneCheckId}/verdict`, { verdict: "pass" });
    const codes = (await Promise.all([judge(town.station), judge(town.regulator)])).map(
      ({ statusCode }) => statusCode,
    );
    expect(codes.sort()).toEqual([200, 409]);
  });

  test("may be seen by those who take part and by staff of its region", async () => {
    const id = await steps.watched();
    const stranger = await buildWelder(app, { enterprises: [] });
    const elsewhere = await buildStaff(app, "regulator", { region: otherCounty });
    const installer = await buildStaff(app, "installer", { region: otherCounty });
    const get = async (who?: SignedIn) => await steps.call(who, "GET", `/api/clearances/${id}`);
    expect((await get()).statusCode).toBe(401);
    expect((await get(stranger)).statusCode).toBe(404);
    expect((await get(installer)).statusCode).toBe(403);
    expect((await get(elsewhere)).statusCode).toBe(403);
    for (const who of [town.watch, town.approver, town.station, town.regulator]) {
      expect((await get(who)).statusCode).toBe(200);
    }
    const list = await steps.call(elsewhere, "GET", "/api/clearances");
    expect(JSON.stringify(list.json().items)).not.toContain(id);
    const scenes = await steps.call(elsewhere, "GET", "/api/scene-checks?state=decided");
    expect(scenes.json().total).toBe(0);
    const history = await steps.call(town.station, "GET", `/api/clearances/${id}/history`);
    expect(history.json().entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      "permit-attached",
      "permit-approved",
      "scene-submitted",
      "scene-judged",
      "watch-confirmed",
    ]);
  });
});
