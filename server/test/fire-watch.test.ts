import { defaultClearancePolicy as policy } from "@hanyouxu/rules";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ClearanceSteps, clearanceSteps, codeOf } from "./clearance-steps.ts";
import { buildMachine, buildWelder } from "./county.ts";
import { engines } from "./database.ts";
import {
  buildHotWorkTown,
  buildWatch,
  type HotWorkTown,
  northOfPoint,
  point,
  type SignedIn,
} from "./hot-work.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const MINUTE = 60_000;

describe.each(engines)("the fire watch on %s", (engine) => {
  let app: TestPlatform;
  let town: HotWorkTown;
  let steps: ClearanceSteps;
  beforeAll(async () => {
    app = await withPlatform(engine);
    town = await buildHotWorkTown(app);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    app.clock.advance(10 * MINUTE);
    const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
    await app.bringOnline(machine.chip);
    town = { ...town, machine, welder: await buildWelder(app, { enterprises: [town.owner] }) };
    steps = clearanceSteps(app, town);
  });

  test("takes over with the code of this moment only", async () => {
    const id = await steps.permitted();
    const early = await steps.call(town.welder, "GET", `/api/clearances/${id}/site-code`);
    expect(codeOf(early)).toBe("site_code.not_yet");
    await steps.judged(id, "pass");
    const code = await steps.siteCode(id);
    app.clock.advance(2 * policy.siteCodeSeconds * 1000);
    expect(codeOf(await steps.scan(code))).toBe("site_code.stale");
    expect(codeOf(await steps.scan("ABCDEFGHJKLMNPQRSTUV"))).toBe("site_code.invalid");
    expect((await steps.scan(await steps.siteCode(id))).json().part).toBe("watch");
  });

  test("is at the place, and its phone says so", async () => {
    const id = await steps.permitted();
    await steps.judged(id, "pass");
    expect(codeOf(await steps.scan(await steps.siteCode(id), town.watch, northOfPoint(3_000)))).toBe(
      "clearance.too_far",
    );
    expect(codeOf(await steps.scan(await steps.siteCode(id), town.watch, null))).toBe(
      "clearance.place_unknown",
    );
    const vague = { ...point, accuracyMetres: 2_000 };
    expect(codeOf(await steps.scan(await steps.siteCode(id), town.watch, vague))).toBe(
      "clearance.place_unknown",
    );
  });

  test("is trained, and neither the welder nor the approver", async () => {
    const id = await steps.permitted();
    await steps.judged(id, "pass");
    const untrained = await app.signInAs("fire-watch", { enterpriseId: town.siteOwner });
    expect(codeOf(await steps.scan(await steps.siteCode(id), untrained))).toBe("fire_watch.not_trained");
    const lapsed = await buildWatch(app, town.siteOwner, town.approver.personId, "2026-02-01");
    expect(codeOf(await steps.scan(await steps.siteCode(id), lapsed))).toBe("fire_watch.not_trained");
    for (const [who, why] of [
      [town.welder, "clearance.welder-is-watch"],
      [town.approver, "clearance.approver-is-watch"],
    ] as const) {
      await makeWatch(who.personId);
      expect(codeOf(await steps.scan(await steps.siteCode(id), who)), why).toBe(why);
    }
  });

  test("looks after one hot-work point, and is free again once relieved there", async () => {
    const [first, second] = [
      await buildWatch(app, town.siteOwner, town.approver.personId),
      await buildWatch(app, town.siteOwner, town.approver.personId),
    ];
    const id = await steps.permitted();
    await steps.judged(id, "pass");
    expect((await steps.scan(await steps.siteCode(id), first)).statusCode).toBe(200);
    const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
    const beside = clearanceSteps(app, { ...town, machine });
    const other = await beside.permitted();
    await beside.judged(other, "pass");
    // The same corner is one point, thirty metres on is another.
    const { latitudeDegrees } = northOfPoint(30);
    const setPlace = async (latitude_degrees: number) =>
      await app.ctx.db
        .updateTable("clearances")
        .set({ latitude_degrees })
        .where("clearance_id", "=", other)
        .execute();
    await setPlace(latitudeDegrees);
    const refused = await beside.scan(await beside.siteCode(other), first);
    expect(codeOf(refused)).toBe("fire_watch.watches_elsewhere");
    expect(refused.json().error.details).toEqual({ metres: 30 });
    expect((await steps.scan(await steps.siteCode(id), second)).statusCode).toBe(200);
    expect((await beside.scan(await beside.siteCode(other), first)).statusCode).toBe(200);
    await setPlace(point.latitudeDegrees);
    expect((await steps.scan(await steps.siteCode(id), first)).statusCode).toBe(200);
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
    const { id, workSessionId } = await steps.working();
    const report = async (metres: number) =>
      await steps.call(town.watch, "POST", `/api/clearances/${id}/watch-presence`, {
        position: northOfPoint(metres),
      });
    expect((await report(10)).json().watch.status).toBe("present");
    expect((await report(200)).json().watch.status).toBe("warned");
    expect(await steps.noticesOf(town.welder)).toContain("watch-warned");
    app.clock.advance(policy.watchGraceMinutes * MINUTE);
    await steps.sweep();
    const revoke = app.lastCommandTo(town.machine.chip, "revoke");
    expect(revoke).toMatchObject({ workSessionId, reason: "stopped" });
    await app.say(town.machine.chip.answer(revoke.commandId, "accepted"));
    await app.say(town.machine.chip.deEnergised(workSessionId as never));
    await steps.sweep();
    expect(await steps.detail(id)).toMatchObject({ phase: "paused", watch: { status: "absent" } });
    expect((await steps.start()).json().outcome).toBe("require");
    expect((await report(5)).json().watch.status).toBe("present");
    expect((await steps.start()).json().outcome).toBe("grant");
  });

  test("who does not answer is warned; nobody learns when the next question comes", async () => {
    const { id } = await steps.working();
    expect((await steps.detail(id, town.watch)).watch?.dueAt).toBeNull();
    app.clock.advance(policy.watchAskMostMinutes * MINUTE);
    await steps.sweep();
    expect(await steps.noticesOf(town.watch)).toContain("watch-asked");
    expect((await steps.detail(id, town.watch)).watch?.status).not.toBe("present");
  });

  test("hands over to another who scans", async () => {
    const id = await steps.watched();
    const response = await steps.scan(await steps.siteCode(id), town.secondWatch);
    expect(response.json().part).toBe("watch");
    const late = await steps.call(town.watch, "GET", `/api/clearances/${id}`);
    expect(codeOf(late)).toBe("clearance.not_found");
  });
});
