import type { ClearanceDetail } from "@hanyouxu/api";
import { defaultClearancePolicy as policy, stepClearance } from "@hanyouxu/rules";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { followClearedWork, passClearanceTime } from "../src/features/clearances/clearances.ts";
import { buildMachine, buildStaff, buildWelder, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import {
  buildEvidence,
  buildHotWorkTown,
  buildPermit,
  buildWatch,
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
  });

  const call = async (who: SignedIn | undefined, method: "GET" | "POST", url: string, body?: object) =>
    await app.call(method, url, { ...(who && { cookie: who.cookie }), ...(body && { body }) });
  const codeOf = (response: { json(): { error?: { code: string } } }) => response.json().error?.code;

  async function opened(): Promise<string> {
    const response = await call(town.welder, "POST", "/api/clearances", {
      machineCode: town.machine.machineCode,
      keyAreaId: town.keyAreaId,
      position: point,
    });
    expect(response.statusCode, response.body).toBe(201);
    return response.json().clearanceId;
  }
  async function detail(id: string, who: SignedIn = town.welder): Promise<ClearanceDetail> {
    const response = await call(who, "GET", `/api/clearances/${id}`);
    expect(response.statusCode, response.body).toBe(200);
    return response.json();
  }
  async function permitted(): Promise<string> {
    const id = await opened();
    const permitId = await buildPermit(app, town);
    const response = await call(town.welder, "POST", `/api/clearances/${id}/permit`, { permitId });
    expect(response.json().permit, response.body).toMatchObject({ status: "approved" });
    return id;
  }
  async function shown(id: string): Promise<string> {
    app.clock.advance(1_000);
    const evidenceId = await buildEvidence(app, town.welder.personId, { purpose: "scene", subjectId: id });
    const response = await call(town.welder, "POST", `/api/clearances/${id}/scene`, {
      evidenceIds: [evidenceId],
    });
    expect(response.statusCode, response.body).toBe(200);
    return response.json().sceneChecks[0].sceneCheckId;
  }
  async function judged(id: string, verdict: "pass" | "fail" | "refer", who: SignedIn = town.station) {
    const sceneCheckId = await shown(id);
    const response = await call(who, "POST", `/api/scene-checks/${sceneCheckId}/verdict`, {
      verdict,
      reason: "演示核查",
    });
    expect(response.statusCode, response.body).toBe(200);
    return sceneCheckId;
  }
  const siteCode = async (id: string) =>
    (await call(town.welder, "GET", `/api/clearances/${id}/site-code`)).json().code as string;
  const scan = async (code: string, who: SignedIn = town.watch, position: object | null = northOfPoint(10)) =>
    await call(who, "POST", "/api/fire-watch/scans", { code, position });
  async function watched(): Promise<string> {
    const id = await permitted();
    await judged(id, "pass");
    const response = await scan(await siteCode(id));
    expect(response.statusCode, response.body).toBe(200);
    return id;
  }
  const start = async () =>
    await call(town.welder, "POST", "/api/work-sessions", {
      machineCode: town.machine.machineCode,
      position: point,
      idempotencyKey: app.ctx.newId(),
    });
  async function working(): Promise<{ id: string; workSessionId: string }> {
    const id = await watched();
    await moveMachine();
    const response = await start();
    expect(response.json().outcome, response.body).toBe("grant");
    return { id, workSessionId: response.json().workSession.workSessionId };
  }
  /** The chip says where it is, until the platform is sure of it. */
  async function moveMachine(): Promise<void> {
    for (let fix = 0; fix < 12; fix++) {
      app.clock.advance(5_000);
      await app.say(
        town.machine.chip.telemetry({
          position: {
            latitudeE7: Math.round(point.latitudeDegrees * 1e7),
            longitudeE7: Math.round(point.longitudeDegrees * 1e7),
            accuracyDecimetres: 50,
          },
        }),
      );
    }
  }
  async function sweep(): Promise<void> {
    await passClearanceTime(app.ctx);
    await followClearedWork(app.ctx);
  }
  const noticesOf = async ({ personId }: { personId: string }) =>
    (
      await app.ctx.db
        .selectFrom("notifications")
        .select("data")
        .where("person_id", "=", personId as never)
        .orderBy("created_at")
        .orderBy("notification_id")
        .execute()
    ).map(
      ({ data }) => (data as { what?: string; cause?: string }).what ?? (data as { cause?: string }).cause,
    );

  test("goes from the entry to the closed record, and the machine starts only when all is there", async () => {
    await moveMachine();
    const refused = await start();
    expect(refused.json()).toMatchObject({ outcome: "require", reasons: [{ ruleId: "key-area-clearance" }] });
    const { id, workSessionId } = await working();
    expect(await detail(id)).toMatchObject({ phase: "working", workSessionId, part: "welder" });
    const grant = app.lastCommandTo(town.machine.chip, "grant");
    await app.say(town.machine.chip.answer(grant.commandId, "accepted"));
    await app.say(town.machine.chip.energised(workSessionId as never));
    await app.say(town.machine.chip.deEnergised(workSessionId as never));
    await sweep();
    expect(await detail(id)).toMatchObject({ phase: "ready", workSessionId: null, hasWorked: true });
    const done = await call(town.welder, "POST", `/api/clearances/${id}/completion`, {
      permitContinues: false,
    });
    expect(done.json().phase).toBe("smouldering");
    const again = await start();
    expect(again.json().outcome).toBe("require");

    const early = await call(town.watch, "POST", `/api/clearances/${id}/closure`);
    expect(codeOf(early)).toBe("clearance.smoulder-too-early");
    const { smoulderMinutes } = await detail(id);
    const look = async (who: SignedIn) =>
      await call(who, "POST", `/api/clearances/${id}/smoulder-checks`, {
        isSafe: true,
        evidenceIds: [await buildEvidence(app, who.personId, { purpose: "smoulder", subjectId: id })],
        position: northOfPoint(5),
      });
    for (let minute = 0; minute < smoulderMinutes; minute += 15) {
      app.clock.advance(15 * MINUTE);
      expect((await look(minute % 2 ? town.watch : town.welder)).statusCode).toBe(200);
    }
    const closed = await call(town.watch, "POST", `/api/clearances/${id}/closure`);
    expect(closed.json(), closed.body).toMatchObject({ phase: "closed" });
    const permit = await app.ctx.db
      .selectFrom("hot_work_permits")
      .select("status")
      .where("permit_id", "=", closed.json().permit.permitId)
      .executeTakeFirstOrThrow();
    expect(permit.status).toBe("closed");
    await expectReplays(id);
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
    const { openClearance } = await import("@hanyouxu/rules");
    const { demands, welderPersonId, smoulderPlan } = row.state;
    let state = openClearance(row.opened_at.getTime(), { demands, welderPersonId, smoulderPlan });
    for (const { event, at, random, effects } of events) {
      const stepped = stepClearance(state, event, row.policy, at.getTime(), random);
      expect(stepped.effects).toEqual(effects);
      state = stepped.state;
    }
    expect({ ...state, atMs: 0 }).toEqual({ ...row.state, atMs: 0 });
  }

  test("of the same welder and machine is one, and another welder finds the machine taken", async () => {
    const id = await opened();
    expect(await opened()).toBe(id);
    const other = await buildWelder(app, { enterprises: [town.owner] });
    const response = await call(other, "POST", "/api/clearances", {
      machineCode: town.machine.machineCode,
      keyAreaId: town.keyAreaId,
      position: point,
    });
    expect(codeOf(response)).toBe("clearance.machine_taken");
  });

  test("begins at the place: not from across the town", async () => {
    const response = await call(town.welder, "POST", "/api/clearances", {
      machineCode: town.machine.machineCode,
      keyAreaId: town.keyAreaId,
      position: northOfPoint(3_000),
    });
    expect(codeOf(response)).toBe("clearance.not_at_area");
  });

  test("two fails call the station, which goes there and releases or forbids", async () => {
    for (const decision of ["release", "forbid"] as const) {
      const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
      town = { ...town, machine };
      const id = await permitted();
      await judged(id, "fail");
      expect((await detail(id)).sceneAttemptsLeft).toBe(1);
      await judged(id, "fail");
      const { phase, stationCalls } = await detail(id);
      expect(phase).toBe("referred");
      const callId = stationCalls[0]!.stationCallId;
      expect(await noticesOf(town.station)).toContain("scene");
      const act = async (what: string, body: object = {}, who: SignedIn = town.station) =>
        await call(who, "POST", `/api/station-calls/${callId}/${what}`, body);
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
      const after = await detail(id);
      expect(after.phase).toBe(decision === "release" ? "watch-missing" : "forbidden");
      expect(await noticesOf(town.welder)).toContain(
        decision === "release" ? "station-released" : "station-forbade",
      );
    }
  });

  test("a call that nobody accepts goes up the region tree at the promised minute", async () => {
    const id = await permitted();
    await judged(id, "refer");
    const before = (await noticesOf(town.regulator)).length;
    app.clock.advance(policy.stationAcceptMinutes * MINUTE - 1);
    await sweep();
    expect((await detail(id)).stationCalls[0]).toMatchObject({ level: 0, region: "330723100" });
    app.clock.advance(1);
    await sweep();
    expect((await detail(id)).stationCalls[0]).toMatchObject({
      level: 1,
      region: "330723",
      status: "alerted",
    });
    await sweep();
    expect((await noticesOf(town.regulator)).length).toBe(before);
  });

  describe("the fire watch", () => {
    test("takes over with the code of this moment only", async () => {
      const id = await permitted();
      const early = await call(town.welder, "GET", `/api/clearances/${id}/site-code`);
      expect(codeOf(early)).toBe("site_code.not_yet");
      await judged(id, "pass");
      const code = await siteCode(id);
      app.clock.advance(2 * policy.siteCodeSeconds * 1000);
      expect(codeOf(await scan(code))).toBe("site_code.stale");
      expect(codeOf(await scan("ABCDEFGHJKLMNPQRSTUV"))).toBe("site_code.invalid");
      expect((await scan(await siteCode(id))).json().part).toBe("watch");
    });

    test("is at the place, and its phone says so", async () => {
      const id = await permitted();
      await judged(id, "pass");
      expect(codeOf(await scan(await siteCode(id), town.watch, northOfPoint(3_000)))).toBe(
        "clearance.too_far",
      );
      expect(codeOf(await scan(await siteCode(id), town.watch, null))).toBe("clearance.place_unknown");
      const vague = { ...point, accuracyMetres: 2_000 };
      expect(codeOf(await scan(await siteCode(id), town.watch, vague))).toBe("clearance.place_unknown");
    });

    test("is trained, and neither the welder nor the approver", async () => {
      const id = await permitted();
      await judged(id, "pass");
      const untrained = await app.signInAs("fire-watch", { enterpriseId: town.siteOwner });
      expect(codeOf(await scan(await siteCode(id), untrained))).toBe("fire_watch.not_trained");
      const lapsed = await buildWatch(app, town.siteOwner, town.approver.personId, "2026-02-01");
      expect(codeOf(await scan(await siteCode(id), lapsed))).toBe("fire_watch.not_trained");
      for (const [who, why] of [
        [town.welder, "clearance.welder-is-watch"],
        [town.approver, "clearance.approver-is-watch"],
      ] as const) {
        await makeWatch(who.personId);
        expect(codeOf(await scan(await siteCode(id), who)), why).toBe(why);
      }
    });

    async function makeWatch(personId: SignedIn["personId"]): Promise<void> {
      const at = new Date(app.clock.nowMs());
      await app.ctx.db
        .insertInto("role_grants")
        .values({
          role_grant_id: app.ctx.newId(),
          person_id: personId,
          role: "fire-watch",
          region_code: null,
          enterprise_id: town.siteOwner,
          granted_at: at,
        })
        .execute();
      await app.ctx.db
        .insertInto("fire_watches")
        .values({
          fire_watch_id: app.ctx.newId(),
          person_id: personId,
          enterprise_id: town.siteOwner,
          trained_on: "2026-01-01",
          trained_to: "2026-12-31",
          certificate_number_ciphertext: null,
          added_by: personId,
          added_at: at,
        })
        .execute();
    }

    test("who walks away is warned, then the chip is told: no new arcs; back, the work can start again", async () => {
      const { id, workSessionId } = await working();
      const report = async (metres: number) =>
        await call(town.watch, "POST", `/api/clearances/${id}/watch-presence`, {
          position: northOfPoint(metres),
        });
      expect((await report(10)).json().watch.status).toBe("present");
      expect((await report(200)).json().watch.status).toBe("warned");
      expect(await noticesOf(town.welder)).toContain("watch-warned");
      app.clock.advance(policy.watchGraceMinutes * MINUTE);
      await sweep();
      const revoke = app.lastCommandTo(town.machine.chip, "revoke");
      expect(revoke).toMatchObject({ workSessionId, reason: "stopped" });
      await app.say(town.machine.chip.answer(revoke.commandId, "accepted"));
      await app.say(town.machine.chip.deEnergised(workSessionId as never));
      await sweep();
      expect(await detail(id)).toMatchObject({ phase: "paused", watch: { status: "absent" } });
      expect((await start()).json().outcome).toBe("require");
      expect((await report(5)).json().watch.status).toBe("present");
      expect((await start()).json().outcome).toBe("grant");
    });

    test("who does not answer is warned; nobody learns when the next question comes", async () => {
      const { id } = await working();
      expect((await detail(id, town.watch)).watch?.dueAt).toBeNull();
      app.clock.advance(policy.watchAskMostMinutes * MINUTE);
      await sweep();
      expect(await noticesOf(town.watch)).toContain("watch-asked");
      expect((await detail(id, town.watch)).watch?.status).not.toBe("present");
    });

    test("hands over to another who scans", async () => {
      const id = await watched();
      const response = await scan(await siteCode(id), town.secondWatch);
      expect(response.json().part).toBe("watch");
      const late = await call(town.watch, "GET", `/api/clearances/${id}`);
      expect(codeOf(late)).toBe("clearance.not_found");
    });
  });

  test("a suspended permit of the clearance stops new arcs at once", async () => {
    const { id, workSessionId } = await working();
    const { takeEvent } = await import("../src/features/clearances/clearances.ts");
    const { permit } = await detail(id);
    await takeEvent(app.ctx, {
      clearanceId: id,
      event: { kind: "permit-suspended", permitId: permit!.permitId },
      actor: town.approver.personId,
    });
    await sweep();
    expect(app.lastCommandTo(town.machine.chip, "revoke")).toMatchObject({ workSessionId });
  });

  describe("pictures", () => {
    test("of yesterday, of another place and of somebody else are refused", async () => {
      const id = await permitted();
      const subject = { purpose: "scene" as const, subjectId: id };
      const send = async (evidenceId: string) =>
        codeOf(await call(town.welder, "POST", `/api/clearances/${id}/scene`, { evidenceIds: [evidenceId] }));
      const { personId } = town.welder;
      const takenAtMs = app.clock.nowMs() - 24 * 60 * MINUTE;
      expect(await send(await buildEvidence(app, personId, subject, { takenAtMs }))).toBe(
        "evidence.taken_too_early",
      );
      expect(await send(await buildEvidence(app, personId, subject, { position: northOfPoint(3_000) }))).toBe(
        "evidence.too_far",
      );
      expect(await send(await buildEvidence(app, town.watch.personId, subject))).toBe("evidence.not_yours");
      expect((await detail(id)).sceneChecks).toEqual([]);
    });

    test("that were found wanting are not shown again", async () => {
      const id = await permitted();
      await judged(id, "fail");
      const [check] = (await detail(id)).sceneChecks;
      const { evidenceId } = check!.evidence[0]!;
      const again = await call(town.welder, "POST", `/api/clearances/${id}/scene`, {
        evidenceIds: [evidenceId],
      });
      expect(codeOf(again)).toBe("evidence.taken_too_early");
    });
  });

  test("is decided once: the second reviewer hears that it is", async () => {
    const id = await permitted();
    const sceneCheckId = await shown(id);
    const judge = async (who: SignedIn) =>
      await call(who, "POST", `/api/scene-checks/${sceneCheckId}/verdict`, { verdict: "pass" });
    const codes = (await Promise.all([judge(town.station), judge(town.regulator)])).map(
      ({ statusCode }) => statusCode,
    );
    expect(codes.sort()).toEqual([200, 409]);
  });

  test("may be seen by those who take part and by staff of its region", async () => {
    const id = await watched();
    const stranger = await buildWelder(app, { enterprises: [] });
    const elsewhere = await buildStaff(app, "regulator", { region: otherCounty });
    const installer = await buildStaff(app, "installer", { region: otherCounty });
    const get = async (who?: SignedIn) => await call(who, "GET", `/api/clearances/${id}`);
    expect((await get()).statusCode).toBe(401);
    expect((await get(stranger)).statusCode).toBe(404);
    expect((await get(installer)).statusCode).toBe(403);
    expect((await get(elsewhere)).statusCode).toBe(403);
    for (const who of [town.watch, town.approver, town.station, town.regulator]) {
      expect((await get(who)).statusCode).toBe(200);
    }
    const list = await call(elsewhere, "GET", "/api/clearances");
    expect(JSON.stringify(list.json().items)).not.toContain(id);
    const scenes = await call(elsewhere, "GET", "/api/scene-checks?state=decided");
    expect(scenes.json().total).toBe(0);
    const history = await call(town.station, "GET", `/api/clearances/${id}/history`);
    expect(history.json().entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      "permit-attached",
      "permit-approved",
      "scene-submitted",
      "scene-judged",
      "watch-confirmed",
    ]);
  });
});
