import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { here } from "./county.ts";
import { engines } from "./database.ts";
import { aPicture } from "./new-welder.ts";
import { approval, buildArea, buildWatch, goodForm, type PermitWorld, permitWorld } from "./permit-world.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe.each(engines)("hot-work permits on %s", (engine) => {
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

  test("a whole permit: drafted, submitted, approved at the place, closed", async () => {
    const permitId = await world.draft();
    const draft = await world.detail(permitId);
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
      .orderBy("seq")
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
      const { lawReasons } = await world.detail(permitId);
      expect(lawReasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain("place-described");
      const long = await world.draft({ plannedTo: world.isoIn(10 * hourMs) });
      const [reason] = (await world.detail(long)).lawReasons;
      expect(reason).toMatchObject({ ruleId: "permit-hours", kind: "fail" });
      expect(reason.fix.zh).toContain("8 小时");
      expect(codeOf(await world.step("welder", long, "submission"))).toBe("409 hot_work_permit.incomplete");
    });

    test("an extinguisher cannot be not involved, and its picture is asked for", async () => {
      const measures = { ...goodForm("general").measures, "extinguishers-ready": "not-involved" } as const;
      const permitId = await world.draft({ form: goodForm("general", { measures }) });
      expect((await world.detail(permitId)).missing).toEqual(["measures.extinguishers-ready"]);
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
      expect(await world.detail(permitId)).toMatchObject({ status: "void", supersededBy: draft.permitId });
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
      const { lawReasons } = await world.detail(permitId);
      expect(lawReasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain("crowded-place-closed");
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
    const before = (await world.detail(permitId)).photos.length;
    const photo = { measure: "extinguishers-ready", picture: aPicture };
    expect((await world.step("welder", permitId, "photos", photo)).json().photos).toHaveLength(before);
  });
});
