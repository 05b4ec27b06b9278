import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { here, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { aPicture } from "./new-welder.ts";
import { approval, buildArea, buildWatch, goodForm, type PermitWorld, permitWorld } from "./permit-world.ts";
import { textOfPdf } from "./read-sheets.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe.each(engines)("hot-work permits on %s", (engine) => {
  let world: PermitWorld;
  beforeAll(async () => {
    world = await permitWorld(engine);
  });
  afterAll(() => world?.app.close());

  const detail = async (permitId: string, who: Parameters<PermitWorld["call"]>[0] = "welder") =>
    (await world.call(who, "GET", `/api/hot-work-permits/${permitId}`)).json();
  const approve = async (
    permitId: string,
    body: object = approval(),
    who: "officer" | "station" = "officer",
  ) => await world.step(who, permitId, "approval", body);

  test("a whole permit: drafted, submitted, approved at the place, closed", async () => {
    const permitId = await world.draft();
    const draft = await detail(permitId);
    expect(draft).toMatchObject({ status: "draft", regime: "general", missing: [], lawReasons: [] });
    expect(draft.permitNumber).toMatch(/^DH330723100-20260301-\d{4}$/);
    expect(draft.welderName).toBe("演示张三");
    expect((await world.step("welder", permitId, "submission")).json().status).toBe("submitted");
    await world.app.clock.advance(minuteMs);
    const response = await approve(permitId);
    expect(response.statusCode).toBe(200);
    const { outcome, reasons, permit } = response.json();
    expect([outcome, reasons]).toEqual(["grant", []]);
    expect(permit).toMatchObject({
      status: "approved",
      validFrom: draft.plannedFrom,
      validTo: draft.plannedTo,
      approval: { role: "senior-manager", distanceMetres: 0 },
    });
    expect(permit.verificationCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(permit.people.welder.name).toBe("演***");
    expect(world.app.permitChanges).toContainEqual({
      permitId,
      kind: "approved",
      approverId: world.people.officer.personId,
      validFromMs: Date.parse(permit.validFrom),
      validToMs: Date.parse(permit.validTo),
    });
    const closed = await world.step("watch", permitId, "closing", { isResidualFireExcluded: true });
    expect(closed.json().status).toBe("closed");
    expect(world.app.permitChanges.at(-1)).toEqual({ permitId, kind: "ended" });
    expect(codeOf(await world.step("officer", permitId, "suspension", { reason: "迟了" }))).toBe(
      "409 hot_work_permit.wrong_status",
    );
  });

  test("the decision is stored with its facts, and the audit log says who stood where", async () => {
    const permitId = await world.approved();
    const { decision } = await world.ctx.db
      .selectFrom("hot_work_permits")
      .select("decision")
      .where("permit_id", "=", permitId as never)
      .executeTakeFirstOrThrow();
    expect(decision).toMatchObject({
      decision: { outcome: "grant", packsDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      facts: { regime: "general", moment: "issue", permit: { isApprovedOnSite: true } },
      policy: { version: "default-1" },
    });
    const entry = await world.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("subject", "=", `hot_work_permit:${permitId}`)
      .where("action", "=", "hot_work_permit.approved")
      .executeTakeFirstOrThrow();
    expect(entry.details).toMatchObject({ distanceMetres: 0, role: "senior-manager" });
  });

  test("numbers count up within a region and a day, without a gap or a double under haste", async () => {
    const drafts = await Promise.all(
      [1, 2, 3, 4].map(() => world.call("welder", "POST", "/api/hot-work-permits", world.body())),
    );
    const numbers = drafts
      .map((response) => Number(response.json().permitNumber.slice(-4)))
      .sort((a, b) => a - b);
    expect(numbers).toEqual([0, 1, 2, 3].map((step) => numbers[0]! + step));
  });

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
      expect((await detail(permitId, who)).may.approve).toBe(false);
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
      expect((await detail(permitId)).status).toBe("submitted");
      const { details } = await world.ctx.db
        .selectFrom("audit_log")
        .select("details")
        .where("subject", "=", `hot_work_permit:${permitId}`)
        .where("action", "=", "hot_work_permit.approval_refused")
        .executeTakeFirstOrThrow();
      expect(details.code).toBe(`hot_work_permit.${code}`);
    });

    test("at the edge of all three it is approved", async () => {
      const permitId = await world.submitted();
      await world.app.clock.advance(hourMs / 2);
      const position = { ...north(99), ageSeconds: 120, accuracyMetres: 60 };
      expect((await approve(permitId, approval({}, position))).json().outcome).toBe("grant");
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
      expect((await detail(permitId)).missing).toEqual(["fireWatchTraining"]);
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

  describe("what is missing", () => {
    test("is named field by field, and keeps a draft from being submitted", async () => {
      const empty = { form: { place: {}, distances: {} } };
      const { permitId, missing } = (
        await world.call("welder", "POST", "/api/hot-work-permits", empty)
      ).json();
      expect(missing).toEqual(
        expect.arrayContaining([
          "point",
          "plannedFrom",
          "fireWatch",
          "risks",
          "measures.extinguishers-ready",
        ]),
      );
      const response = await world.step("welder", permitId, "submission");
      expect(codeOf(response)).toBe("409 hot_work_permit.incomplete");
      expect(response.json().error.details.missing).toEqual(missing);
    });

    test("also what the law asks for, with its clause", async () => {
      const form = goodForm("general", { place: {} });
      const permitId = await world.draft({ form });
      const { lawReasons } = await detail(permitId);
      expect(lawReasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain("place-described");
      const long = await world.draft({ plannedTo: world.isoIn(10 * hourMs) });
      const [reason] = (await detail(long)).lawReasons;
      expect(reason).toMatchObject({ ruleId: "permit-hours", kind: "fail" });
      expect(reason.fix.zh).toContain("8 小时");
      expect(codeOf(await world.step("welder", long, "submission"))).toBe("409 hot_work_permit.incomplete");
    });

    test("an extinguisher cannot be not involved, and its picture is asked for", async () => {
      const measures = { ...goodForm("general").measures, "extinguishers-ready": "not-involved" } as const;
      const permitId = await world.draft({ form: goodForm("general", { measures }) });
      expect((await detail(permitId)).missing).toEqual(["measures.extinguishers-ready"]);
      const bare = (await world.call("welder", "POST", "/api/hot-work-permits", world.body())).json();
      expect(bare.missing).toEqual(["photos.combustibles-cleared", "photos.extinguishers-ready"]);
    });

    test("a time that is over is not submitted", async () => {
      const permitId = await world.draft();
      await world.app.clock.advance(5 * hourMs);
      expect(codeOf(await world.step("welder", permitId, "submission"))).toBe(
        "409 hot_work_permit.time_over",
      );
    });
  });

  describe("after the approval", () => {
    test("it is suspended and resumed by who answers for the place or the region, told each time", async () => {
      const permitId = await world.approved();
      const reason = { reason: "现场堆放可燃物" };
      expect(codeOf(await world.step("welder", permitId, "suspension", reason))).toBe("403 role.forbidden");
      expect(codeOf(await world.step("otherRegulator", permitId, "suspension", reason))).toBe(
        "403 region.out_of_scope",
      );
      expect(fieldsOf(await world.step("regulator", permitId, "suspension", { reason: "" }))).toEqual([
        "body.reason",
      ]);
      const suspended = (await world.step("regulator", permitId, "suspension", reason)).json();
      expect(suspended).toMatchObject({ status: "suspended", statusReason: reason.reason });
      expect(world.app.permitChanges.at(-1)).toEqual({ permitId, kind: "suspended" });
      expect((await world.step("officer", permitId, "resumption", { reason: "已清理" })).json().status).toBe(
        "approved",
      );
      expect(world.app.permitChanges.at(-1)).toEqual({ permitId, kind: "resumed" });
    });

    test("there is no way to more time: a suspended one does not come back after its time", async () => {
      const permitId = await world.approved();
      await world.step("officer", permitId, "suspension", { reason: "等待" });
      await world.app.clock.advance(4 * hourMs);
      expect(codeOf(await world.step("officer", permitId, "resumption", { reason: "继续" }))).toBe(
        "409 hot_work_permit.time_over",
      );
    });

    test("what changes is a new permit: the old is void at once", async () => {
      const permitId = await world.approved();
      const replaced = await world.step("welder", permitId, "replacement", { reason: "动火点移到四楼" });
      expect(replaced.statusCode).toBe(201);
      const draft = replaced.json();
      expect(draft).toMatchObject({
        status: "draft",
        copiedFrom: permitId,
        plannedFrom: null,
        photos: [],
        point: null,
      });
      expect(draft.form.measures).toEqual({});
      expect(await detail(permitId)).toMatchObject({ status: "void", supersededBy: draft.permitId });
      expect(world.app.permitChanges.at(-1)).toEqual({ permitId, kind: "ended" });
    });

    test("a void one ends the work, and the welder cannot void what is approved", async () => {
      const permitId = await world.approved();
      expect(codeOf(await world.step("welder", permitId, "voiding", { reason: "不做了" }))).toBe(
        "403 role.forbidden",
      );
      expect((await world.step("station", permitId, "voiding", { reason: "现场不符" })).json().status).toBe(
        "void",
      );
      expect(world.app.permitChanges.at(-1)).toEqual({ permitId, kind: "ended" });
    });

    test("it is not closed while power is on", async () => {
      const permitId = await world.approved({ plannedFrom: world.isoIn(minuteMs) });
      const { app, machine } = world;
      await app.clock.advance(5 * minuteMs);
      await app.bringOnline(machine.chip);
      const started = await app.call("POST", "/api/work-sessions", {
        cookie: world.people.welder.cookie,
        body: { machineCode: machine.machineCode, position: here, idempotencyKey: world.ctx.newId() },
      });
      const { workSessionId } = started.json().workSession;
      await app.say(machine.chip.energised(workSessionId));
      await app.clock.advance(minuteMs);
      const done = { isResidualFireExcluded: true };
      expect(codeOf(await world.step("welder", permitId, "closing", done))).toBe(
        "409 hot_work_permit.still_at_work",
      );
      await app.say(machine.chip.deEnergised(workSessionId));
      expect((await world.step("welder", permitId, "closing", done)).json().status).toBe("closed");
    });

    test("gas above the limit suspends it at once", async () => {
      const permitId = await world.approved();
      const sample = (measuredVolPercent: number, ago = 0) => ({
        sampledAt: world.isoIn(-ago),
        place: "surroundings",
        gas: "甲烷",
        lelVolPercent: 5,
        measuredVolPercent,
        withinMetres: 3,
      });
      expect((await world.step("watch", permitId, "gas-tests", sample(0.5))).json().status).toBe("approved");
      await world.app.clock.advance(minuteMs);
      const after = (await world.step("watch", permitId, "gas-tests", sample(0.51))).json();
      expect(after.status).toBe("suspended");
      expect(
        after.gasTests.map(({ measuredVolPercent }: { measuredVolPercent: number }) => measuredVolPercent),
      ).toEqual([0.5, 0.51]);
      expect(world.app.permitChanges.at(-1)).toEqual({ permitId, kind: "suspended" });
      expect(codeOf(await world.step("watch", permitId, "gas-tests", sample(0.1, -minuteMs)))).toBe(
        "409 hot_work_permit.gas_test_time",
      );
      expect(codeOf(await world.step("otherWelder", permitId, "gas-tests", sample(0.1)))).toBe(
        "403 role.forbidden",
      );
    });

    test("gas above the limit keeps it from being approved", async () => {
      const permitId = await world.submitted();
      const sample = {
        sampledAt: world.isoIn(0),
        place: "surroundings",
        gas: "丙烷",
        measuredVolPercent: 0.3,
      };
      await world.step("welder", permitId, "gas-tests", sample);
      expect(codeOf(await approve(permitId))).toBe("409 hot_work_permit.gas_above_limit");
    });
  });

  test("a refusal by the approver ends it, and its welder copies it", async () => {
    const permitId = await world.submitted();
    expect((await world.step("officer", permitId, "rejection", { reason: "措施不足" })).json()).toMatchObject(
      {
        status: "rejected",
        statusReason: "措施不足",
      },
    );
    const copied = await world.step("welder", permitId, "copy");
    expect(copied.json()).toMatchObject({
      status: "draft",
      copiedFrom: permitId,
      workDescription: "更换管道支架",
    });
    expect(codeOf(await world.step("otherWelder", permitId, "copy"))).toBe("403 role.forbidden");
  });

  test("without a site owner staff of the region approve, and officers do not", async () => {
    const fireWatchPersonId = (await buildWatch(world.app, world.contractorId)).personId;
    const permitId = await world.submitted({ siteOwnerEnterpriseId: null, fireWatchPersonId });
    expect(codeOf(await world.step("supervisor", permitId, "approval", approval()))).toBe(
      "403 role.forbidden",
    );
    expect((await approve(permitId, approval(), "station")).json().outcome).toBe("grant");
  });

  describe("in a key area", () => {
    test("the area says whose place it is and which rules hold", async () => {
      const keyAreaId = await buildArea(world, world.ownerId);
      const response = await world.call("welder", "POST", "/api/hot-work-permits", {
        ...world.body({ keyAreaId, siteOwnerEnterpriseId: null, regime: "building-site" }),
      });
      expect(response.json()).toMatchObject({
        regime: "crowded-place",
        siteOwnerName: "演示用焊医院",
        keyAreaName: "演示住院楼",
      });
      expect(response.json().missing).toEqual(expect.arrayContaining(["measures.notice-posted"]));
    });

    test("an entertainment venue has its own rules", async () => {
      const keyAreaId = await buildArea(world, world.ownerId, { kind: "entertainment" });
      const { regime } = (
        await world.call("welder", "POST", "/api/hot-work-permits", world.body({ keyAreaId }))
      ).json();
      expect(regime).toBe("entertainment-venue");
    });

    test("the hot-work point lies in it", async () => {
      const keyAreaId = await buildArea(world, world.ownerId);
      const form = goodForm("crowded-place");
      const point = {
        ...here,
        latitudeDegrees: here.latitudeDegrees + 0.01,
        floor: null,
        description: "别处",
      };
      const elsewhere = await world.draft({ keyAreaId, form, point });
      expect(codeOf(await world.step("welder", elsewhere, "submission"))).toBe(
        "409 hot_work_permit.point_outside_area",
      );
      expect(await world.submitted({ keyAreaId, form })).toBeTruthy();
    });

    test("its opening hours count, whatever the welder says", async () => {
      const openingHours = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: "00:00", closesAt: "24:00" }];
      const keyAreaId = await buildArea(world, world.ownerId, { openingHours });
      const permitId = await world.draft({ keyAreaId, form: goodForm("crowded-place") });
      const { lawReasons } = await detail(permitId);
      expect(lawReasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain("crowded-place-closed");
    });
  });

  describe("who sees and finds what", () => {
    test("a draft is its welder's alone", async () => {
      const permitId = await world.draft();
      for (const who of ["officer", "regulator"] as const) {
        expect(codeOf(await world.call(who, "GET", `/api/hot-work-permits/${permitId}`))).toBe(
          "404 hot_work_permit.not_found",
        );
      }
      expect(codeOf(await world.call("watch", "GET", `/api/hot-work-permits/${permitId}`))).toBe(
        "403 role.forbidden",
      );
    });

    test("a submitted one is seen by its people, its firms and its region, and by nobody else", async () => {
      const permitId = await world.submitted();
      const seen = async (who: Parameters<PermitWorld["call"]>[0]) =>
        codeOf(await world.call(who, "GET", `/api/hot-work-permits/${permitId}`));
      for (const who of ["welder", "watch", "officer", "supervisor", "regulator", "station"] as const) {
        expect(await seen(who)).toBe("200");
      }
      expect(await seen("otherOfficer")).toBe("403 region.out_of_scope");
      expect(await seen("otherRegulator")).toBe("403 region.out_of_scope");
      expect(await seen("otherWelder")).toBe("403 role.forbidden");
      expect(await seen("installer")).toBe("403 role.forbidden");
      expect(await seen(undefined)).toBe("401 sign_in.required");
      expect(codeOf(await world.call("officer", "GET", `/api/hot-work-permits/${nobody}`))).toBe(
        "404 hot_work_permit.not_found",
      );
    });

    test("lists search by number, firm, area, place, status and day, within reach", async () => {
      const permitId = await world.submitted();
      const { permitNumber } = await detail(permitId);
      const found = async (who: "regulator" | "officer" | "otherRegulator", query: string) =>
        (await world.call(who, "GET", `/api/hot-work-permits?pageSize=200&${query}`))
          .json()
          .items.map((item: { permitId: string }) => item.permitId);
      const text = (words: string) => `text=${encodeURIComponent(words)}`;
      for (const query of [
        text(permitNumber.toLowerCase()),
        text("用焊医院"),
        text("施工队"),
        text("东侧管井"),
        "status=submitted",
        "day=2026-03-01",
        `siteOwnerEnterpriseId=${world.ownerId}`,
      ]) {
        expect(await found("regulator", query), query).toContain(permitId);
      }
      expect(await found("officer", "")).toContain(permitId);
      expect(await found("otherRegulator", "")).toEqual([]);
      expect(await found("regulator", "day=2026-04-01")).toEqual([]);
      expect(await found("regulator", `region=${otherCounty}`)).toEqual([]);
      const own = (await world.call("watch", "GET", "/api/me/hot-work-permits?pageSize=200")).json();
      expect(own.items.map((item: { permitId: string }) => item.permitId)).toContain(permitId);
      expect(own.items.every((item: { status: string }) => item.status !== "draft")).toBe(true);
    });

    test("whom to name is shown masked, and only of the site owner asked for", async () => {
      const url = `/api/hot-work-permit-people?siteOwnerEnterpriseId=${world.ownerId}&contractorEnterpriseId=${world.contractorId}`;
      const { supervisors, fireWatches } = (await world.call("welder", "GET", url)).json();
      const ids = (list: { personId: string }[]) => list.map(({ personId }) => personId);
      expect(ids(supervisors)).toEqual(
        expect.arrayContaining([world.people.officer.personId, world.people.supervisor.personId]),
      );
      expect(ids(fireWatches)).toContain(world.people.watch.personId);
      expect(fireWatches[0].name).toBe("演***");
      expect(codeOf(await world.call("officer", "GET", url))).toBe("403 role.forbidden");
    });

    test("pictures and the signature are read with an entry each", async () => {
      const permitId = await world.approved();
      const [{ photoId }] = (await detail(permitId)).photos;
      const read = async (who: "officer" | "otherRegulator", url: string) =>
        await world.call(who, "GET", url);
      for (const url of [
        `/api/hot-work-permit-photos/${photoId}`,
        `/api/hot-work-permits/${permitId}/signature.png`,
      ]) {
        const response = await read("officer", url);
        expect([response.statusCode, response.headers["content-type"]]).toEqual([200, "image/png"]);
        expect(codeOf(await read("otherRegulator", url))).toBe("403 region.out_of_scope");
      }
      const entries = await world.ctx.db
        .selectFrom("audit_log")
        .select("seq")
        .where("subject", "=", `hot_work_permit:${permitId}`)
        .where("action", "=", "hot_work_permit.picture_read")
        .execute();
      expect(entries).toHaveLength(2);
    });

    test("the paper names everybody in full to who is on it, masked to others, each print audited", async () => {
      const permitId = await world.approved();
      const { permitNumber, verificationCode } = await detail(permitId);
      const print = (who: Parameters<PermitWorld["call"]>[0]) =>
        world.call(who, "GET", `/api/hot-work-permits/${permitId}/ticket.pdf`);
      const paper = await print("watch");
      expect(paper.headers["content-type"]).toBe("application/pdf");
      const text = textOfPdf(new Uint8Array(paper.rawPayload));
      for (const words of [
        "动火安全作业票",
        permitNumber,
        verificationCode.replace(/(.{4})(?=.)/g, "$1-"),
        "演示用焊医院",
        "演示施工队",
        "更换管道支架",
        "三楼东侧管井",
        "演示张三",
        "同意",
      ]) {
        expect(text, words).toContain(words);
      }
      const masked = textOfPdf(new Uint8Array((await print("blind")).rawPayload));
      expect(masked).toContain("演***");
      expect(masked).not.toContain("演示张三");
      const entries = await world.ctx.db
        .selectFrom("audit_log")
        .select(["action", "details"])
        .where("subject", "=", `hot_work_permit:${permitId}`)
        .where("action", "in", ["hot_work_permit.printed", "personal_data.read"])
        .orderBy("seq")
        .execute();
      expect(entries.map(({ action }) => action)).toEqual([
        "hot_work_permit.printed",
        "personal_data.read",
        "hot_work_permit.printed",
      ]);
      expect(codeOf(await print("otherOfficer"))).toBe("403 region.out_of_scope");
      const draft = await world.draft();
      expect(codeOf(await world.call("welder", "GET", `/api/hot-work-permits/${draft}/ticket.pdf`))).toBe(
        "409 hot_work_permit.wrong_status",
      );
    });

    test("the list is exported with its filters, names masked, audited", async () => {
      const permitId = await world.submitted();
      const { permitNumber } = await detail(permitId);
      const url = `/api/exports/hot-work-permits?format=csv&text=${permitNumber}`;
      const response = await world.call("regulator", "GET", url);
      const lines = response.body.trim().split("\n");
      expect(lines).toHaveLength(2);
      expect(lines[1]).toContain(permitNumber);
      expect(lines[1]).toContain("演***");
      expect(codeOf(await world.call("welder", "GET", url))).toBe("403 role.forbidden");
      expect(codeOf(await world.call(undefined, "GET", url))).toBe("401 sign_in.required");
      expect(codeOf(await world.call("regulator", "GET", `${url}&status=extended`))).toBe(
        "400 request.invalid",
      );
    });

    test("anybody with the code on the paper learns its number, status and time, and nothing else", async () => {
      const permitId = await world.approved({ plannedFrom: world.isoIn(minuteMs) });
      const { verificationCode, permitNumber, validFrom, validTo } = await detail(permitId);
      await world.app.clock.advance(5 * minuteMs);
      const verify = async (code: string) =>
        await world.call(undefined, "GET", `/api/permit-verifications/${code}`);
      const shown = { permitNumber, validFrom, validTo };
      expect((await verify(verificationCode)).json()).toEqual({
        ...shown,
        status: "approved",
        isValidNow: true,
      });
      await world.step("officer", permitId, "suspension", { reason: "检查" });
      expect((await verify(verificationCode.toLowerCase())).json()).toEqual({
        ...shown,
        status: "suspended",
        isValidNow: false,
      });
      expect(codeOf(await verify("0000000000000000"))).toBe("404 hot_work_permit.not_found");
    });
  });

  test("what names what is not there, not active or not one's own is refused", async () => {
    const create = async (change: object) =>
      codeOf(await world.call("welder", "POST", "/api/hot-work-permits", { ...world.body(), ...change }));
    for (const change of [
      { keyAreaId: nobody },
      { siteOwnerEnterpriseId: world.contractorId },
      { contractorEnterpriseId: world.ownerId },
    ]) {
      expect(await create(change)).toBe("409 hot_work_permit.unknown_reference");
    }
    expect(await create({ supervisorPersonId: world.people.regulator.personId })).toBe(
      "409 hot_work_permit.supervisor_unknown",
    );
    const wrong = { ...world.body(), plannedFrom: world.isoIn(hourMs), plannedTo: world.isoIn(0) };
    expect(fieldsOf(await world.call("welder", "POST", "/api/hot-work-permits", wrong))).toEqual([
      "body.plannedTo",
    ]);
    expect(codeOf(await world.call("officer", "POST", "/api/hot-work-permits", world.body()))).toBe(
      "403 role.forbidden",
    );
  });

  test("another welder cannot touch it", async () => {
    const permitId = await world.draft();
    const url = `/api/hot-work-permits/${permitId}`;
    expect(codeOf(await world.call("otherWelder", "PUT", url, { form: { place: {}, distances: {} } }))).toBe(
      "403 role.forbidden",
    );
    expect(codeOf(await world.step("otherWelder", permitId, "submission"))).toBe("403 role.forbidden");
    const photo = { measure: "extinguishers-ready", picture: aPicture };
    expect(codeOf(await world.step("otherWelder", permitId, "photos", photo))).toBe("403 role.forbidden");
  });

  test("the same picture again counts once", async () => {
    const permitId = await world.draft();
    const before = (await detail(permitId)).photos.length;
    const photo = { measure: "extinguishers-ready", picture: aPicture };
    expect((await world.step("welder", permitId, "photos", photo)).json().photos).toHaveLength(before);
  });
});
