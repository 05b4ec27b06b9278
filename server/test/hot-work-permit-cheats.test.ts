import type { HotWorkPermitId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { here } from "./county.ts";
import { engines } from "./database.ts";
import { aPicture } from "./new-welder.ts";
import { approval, buildWatch, type PermitWorld, permitWorld } from "./permit-world.ts";
import { codeOf, fieldsOf } from "./two-firms.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe.each(engines)("cheating with hot-work permits on %s", (engine) => {
  let world: PermitWorld;
  beforeAll(async () => {
    world = await permitWorld(engine);
  });
  afterAll(() => world?.app.close());

  const approve = async (
    permitId: string,
    body: object = approval(),
    who: "officer" | "station" = "officer",
  ) => await world.step(who, permitId, "approval", body);

  describe("a cheat is refused:", () => {
    test("a permit signed after the work began", async () => {
      const permitId = await world.submitted();
      const { app, machine } = world;
      await app.bringOnline(machine.chip);
      const started = await app.call("POST", "/api/work-sessions", {
        cookie: world.people.welder.cookie,
        body: { machineCode: machine.machineCode, position: here, idempotencyKey: world.ctx.newId() },
      });
      const { workSessionId } = started.json().workSession;
      await app.say(machine.chip.energised(workSessionId));
      const response = await approve(permitId);
      expect(codeOf(response)).toBe("409 hot_work_permit.work_has_begun");
      expect(response.json().error.details.workSessionId).toBe(workSessionId);
      await app.say(machine.chip.deEnergised(workSessionId));
      expect(codeOf(await approve(permitId))).toBe("409 hot_work_permit.work_has_begun");
      await app.clock.advance(minuteMs);
      // A permit that is begun once that work is over is another matter.
      expect((await approve(await world.submitted())).json().outcome).toBe("grant");
    });

    test("one that begins before it is approved", async () => {
      const permitId = await world.submitted();
      const body = approval({ validFrom: world.isoIn(-minuteMs) });
      expect(codeOf(await approve(permitId, body))).toBe("409 hot_work_permit.starts_before_approval");
      await world.app.clock.advance(90 * minuteMs);
      const { permit } = (await approve(permitId)).json();
      // It was planned from earlier: it holds from the approval on.
      expect(permit.validFrom).toBe(permit.approvedAt);
    });

    test("the welder as the own fire watch", async () => {
      const fireWatchPersonId = world.people.welder.personId;
      const response = await world.call(
        "welder",
        "POST",
        "/api/hot-work-permits",
        world.body({ fireWatchPersonId }),
      );
      expect(codeOf(response)).toBe("409 hot_work_permit.watch_is_welder");
    });

    test("the supervisor as the fire watch", async () => {
      const personId = world.people.watch.personId;
      const body = world.body({ fireWatchPersonId: personId, supervisorPersonId: personId });
      expect(codeOf(await world.call("welder", "POST", "/api/hot-work-permits", body))).toBe(
        "409 hot_work_permit.watch_is_supervisor",
      );
    });

    test.each(["welder", "watch"] as const)("the %s as the approver", async (who) => {
      const permitId = await world.submitted();
      expect(codeOf(await world.step(who, permitId, "approval", approval()))).toBe("403 role.forbidden");
      const roleGrantId = await grantOfficer(who);
      expect((await world.detail(permitId, who)).may.approve).toBe(false);
      expect(codeOf(await world.step(who, permitId, "approval", approval()))).toBe(
        `409 hot_work_permit.approver_is_${who}`,
      );
      await world.ctx.db.deleteFrom("role_grants").where("role_grant_id", "=", roleGrantId).execute();
    });

    test("the supervisor as the approver", async () => {
      const supervisorPersonId = world.people.officer.personId;
      const permitId = await world.submitted({ supervisorPersonId });
      expect(codeOf(await approve(permitId))).toBe("409 hot_work_permit.approver_is_supervisor");
    });

    const north = (metres: number) => ({ latitudeDegrees: here.latitudeDegrees + metres / 111_195 });
    test.each<[string, { ageSeconds?: number; latitudeDegrees?: number; accuracyMetres?: number }, string]>([
      ["a position just beyond the place", north(101), "approver_not_on_site"],
      ["a position 5 km away", north(5_000), "approver_not_on_site"],
      ["a position of three minutes ago", { ageSeconds: 180 }, "position_too_old"],
      ["a position of just more than two minutes ago", { ageSeconds: 120.1 }, "position_too_old"],
      ["a position from before the submission", { ageSeconds: 71 }, "position_too_old"],
      ["a position good to 61 m", { accuracyMetres: 61 }, "position_too_vague"],
    ])("an approval with %s", async (_name, position, code) => {
      const permitId = await world.submitted();
      await world.app.clock.advance(
        code === "position_too_old" && (position.ageSeconds ?? 0) > 100 ? hourMs / 2 : minuteMs,
      );
      expect(codeOf(await approve(permitId, approval({}, position)))).toBe(`409 hot_work_permit.${code}`);
      expect((await world.detail(permitId)).status).toBe("submitted");
      const { details } = await world.ctx.db
        .selectFrom("audit_log")
        .select("details")
        .where("subject", "=", `hot_work_permit:${permitId}`)
        .where("action", "=", "hot_work_permit.approval_refused")
        .orderBy("seq")
        .executeTakeFirstOrThrow();
      expect(details.code).toBe(`hot_work_permit.${code}`);
    });

    test("at the edge of all three it is approved", async () => {
      const permitId = await world.submitted();
      await world.app.clock.advance(hourMs / 2);
      const position = { ...north(99), ageSeconds: 120, accuracyMetres: 60 };
      expect((await approve(permitId, approval({}, position))).json().outcome).toBe("grant");
    });

    test("in a region that asks for less distance or error, what was good is refused, under its version", async () => {
      const permitId = await world.submitted();
      const { db, clock } = world.ctx;
      const { regionCode } = await db
        .selectFrom("hot_work_permits")
        .select("region_code as regionCode")
        .where("permit_id", "=", permitId as HotWorkPermitId)
        .executeTakeFirstOrThrow();
      const values = { approval: { approvalDistanceMetres: 30, approvalAccuracyMetres: 20 } };
      await db
        .insertInto("policies")
        .values({
          region_code: regionCode,
          version: 1,
          effective_from: new Date(clock.nowMs()),
          values: JSON.stringify(values),
          changed_by: "system",
        })
        .execute();
      await world.app.clock.advance(minuteMs);
      const at = (position: object) => approve(permitId, approval({}, { ageSeconds: 0, ...position }));
      expect(codeOf(await at(north(31)))).toBe("409 hot_work_permit.approver_not_on_site");
      expect(codeOf(await at({ accuracyMetres: 21 }))).toBe("409 hot_work_permit.position_too_vague");
      const refused = await db
        .selectFrom("audit_log")
        .select("details")
        .where("subject", "=", `hot_work_permit:${permitId}`)
        .where("action", "=", "hot_work_permit.approval_refused")
        .orderBy("seq")
        .execute();
      expect(refused.map(({ details }) => details.policyVersion)).toEqual(Array(2).fill(`${regionCode}-1`));
      const granted = await at({ ...north(29), accuracyMetres: 20 });
      await db.deleteFrom("policies").execute();
      expect(granted.json().outcome).toBe("grant");
    });

    test("a signature that is no drawing", async () => {
      const permitId = await world.submitted();
      const signature = Buffer.from("<svg onload=alert(1)>").toString("base64");
      expect(codeOf(await approve(permitId, approval({ signature })))).toBe("400 photo.invalid");
      const response = await approve(permitId, { ...approval(), hasInspected: false });
      expect(fieldsOf(response)).toEqual(["body.hasInspected"]);
    });

    test("a permit changed after it was submitted", async () => {
      const permitId = await world.submitted();
      const put = (id: string) =>
        world.call("welder", "PUT", `/api/hot-work-permits/${id}`, world.body({ workDescription: "另一处" }));
      expect(codeOf(await put(permitId))).toBe("409 hot_work_permit.not_draft");
      const photo = { measure: "extinguishers-ready", picture: aPicture.replace("AAAA", "AAAB") };
      expect(codeOf(await world.step("welder", permitId, "photos", photo))).toMatch(/^(400|409) /);
    });

    test("a fire watch whose training ends before the work, or whom the site owner does not know", async () => {
      const late = await buildWatch(world.app, world.ownerId, { trainedTo: "2026-02-28" });
      const permitId = await world.draft({ fireWatchPersonId: late.personId });
      expect((await world.detail(permitId)).missing).toEqual(["fireWatchTraining"]);
      expect(codeOf(await world.step("welder", permitId, "submission"))).toBe(
        "409 hot_work_permit.incomplete",
      );
      const foreign = await buildWatch(world.app, world.contractorId);
      const body = world.body({ fireWatchPersonId: foreign.personId });
      expect(codeOf(await world.call("welder", "POST", "/api/hot-work-permits", body))).toBe(
        "409 hot_work_permit.watch_untrained",
      );
    });

    test("a training that ends between submission and approval", async () => {
      const watch = await buildWatch(world.app, world.ownerId);
      const permitId = await world.submitted({ fireWatchPersonId: watch.personId });
      await world.ctx.db
        .updateTable("fire_watches")
        .set({ ended_at: new Date(world.app.clock.nowMs()) })
        .where("person_id", "=", watch.personId)
        .execute();
      await world.app.clock.advance(minuteMs);
      expect(codeOf(await approve(permitId))).toBe("409 hot_work_permit.watch_untrained");
    });
  });

  async function grantOfficer(who: "welder" | "watch"): Promise<string> {
    const role_grant_id = world.ctx.newId();
    await world.ctx.db
      .insertInto("role_grants")
      .values({
        role_grant_id,
        person_id: world.people[who].personId,
        role: "enterprise-officer",
        region_code: null,
        enterprise_id: world.ownerId,
        granted_at: new Date(world.app.clock.nowMs()),
      })
      .execute();
    return role_grant_id;
  }
});
