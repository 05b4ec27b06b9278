import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildStaff, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { buildPermit, northOfPoint } from "./hot-work.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import {
  buildPaintedTown,
  contact,
  MINUTE_MS,
  type PaintedTown,
  simultaneousWork,
} from "./simultaneous-work.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

describe.each(engines)("conflicts of works on %s", (engine) => {
  let app: TestPlatform;
  let town: PaintedTown;
  let works: ReturnType<typeof simultaneousWork>;
  beforeAll(async () => {
    app = await withPlatform(engine);
    town = await buildPaintedTown(app);
    works = simultaneousWork(app, town);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    // Whatever an earlier test left is over.
    const ended = { ended_at: new Date(app.clock.nowMs()), ended_by: town.approver.personId };
    await app.ctx.db
      .updateTable("other_works")
      .set({ ...ended, end_reason: "演示结束" })
      .where("ended_at", "is", null)
      .execute();
    await app.ctx.db
      .updateTable("hot_work_permits")
      .set({ status: "closed" })
      .where("status", "=", "approved")
      .execute();
    await app.ctx.db
      .updateTable("clearances")
      .set({ ended_at: new Date(app.clock.nowMs()) })
      .where("ended_at", "is", null)
      .execute();
    await works.sweep();
    await app.ctx.db.deleteFrom("notifications").execute();
  });

  test("painting 8 m from hot work warns both firms, the welder and the station, and clears when it ends", async () => {
    const { welder, steps, clearanceId } = await works.weld();
    const declared = await works.declare(works.painting(8));
    expect(declared.statusCode, declared.body).toBe(201);
    expect(declared.json().conflicts).toMatchObject([
      {
        kind: "solvent-cleaning-or-painting",
        limitMetres: 10,
        isSure: true,
        to: declared.json().otherWork.plannedTo,
        clause: { kind: "policy" },
        other: { subject: "clearance", id: clearanceId, enterpriseName: "演示焊接厂" },
      },
    ]);
    expect(declared.json().conflicts[0].horizontalMetres).toBeCloseTo(8, 1);
    expect((await steps.detail(clearanceId, welder)).conflicts).toMatchObject([
      { kind: "solvent-cleaning-or-painting", other: { enterpriseName: "演示涂装公司" } },
    ]);
    for (const who of [welder, town.ownerOfficer, town.approver, town.station])
      expect(await works.toldTo(who)).toEqual(["raised 8 m 演示涂装公司"]);
    expect(await works.toldTo(town.painterOfficer)).toEqual(["raised 8 m 演示焊接厂"]);
    for (const who of [town.stranger, town.regulator]) expect(await works.toldTo(who)).toEqual([]);
    await works.sweep();
    await works.sweep();
    expect(await works.openConflicts()).toHaveLength(1);
    expect(await works.toldTo(welder)).toHaveLength(1);

    const { otherWorkId } = declared.json().otherWork;
    app.clock.advance(1_000);
    await works.call(town.painterOfficer, "POST", `/api/other-works/${otherWorkId}/end`, {
      reason: "演示停工",
    });
    expect(await works.openConflicts()).toEqual([]);
    expect((await steps.detail(clearanceId, welder)).conflicts).toEqual([]);
    for (const who of [welder, town.ownerOfficer, town.approver, town.station])
      expect((await works.toldTo(who)).at(-1)).toBe("cleared 8 m 演示涂装公司");
    const history = await works.call(town.regulator, "GET", "/api/work-conflicts?isOpen=false");
    expect(history.json().items[0]).toMatchObject({ clearedBecause: "ended", one: { id: clearanceId } });
  });

  test("beyond the distance, by ground or by height, nobody is warned; a floor below counts", async () => {
    await works.weld();
    const floors = async (metres: number, change: object) =>
      (await works.declare(works.painting(metres, change))).json().conflicts.length;
    // The welder's fix errs by 5 m.
    expect(await floors(15.2, {})).toBe(0);
    expect(await floors(14.8, {})).toBe(1);
    expect(await floors(0, { floor: "B1" })).toBe(1);
    await app.ctx.db.updateTable("clearances").set({ floor: "9" }).where("ended_at", "is", null).execute();
    expect(await floors(0, { floor: "8" })).toBe(1);
    expect(await floors(0, { floor: "5" })).toBe(0);
    expect(await floors(0, { heightMetres: 14 })).toBe(1);
    expect(await floors(0, { heightMetres: 13.9 })).toBe(0);
  });

  test("the sweep finds hot work that begins beside declared work, and when it moves apart in height", async () => {
    await works.declare(works.painting(8, { floor: "2" }));
    expect(await works.openConflicts()).toEqual([]);
    const { welder, clearanceId } = await works.weld();
    await works.sweep();
    expect(await works.openConflicts()).toMatchObject([{ one: { id: clearanceId }, verticalMetres: null }]);
    expect(await works.toldTo(town.painterOfficer)).toEqual(["raised 8 m 演示焊接厂"]);
    app.clock.advance(1_000);
    await app.ctx.db
      .updateTable("clearances")
      .set({ floor: "12" })
      .where("clearance_id", "=", clearanceId)
      .execute();
    await works.sweep();
    const { items } = (await works.call(town.regulator, "GET", "/api/work-conflicts")).json();
    const cleared = items.find(({ one }: { one: { id: string } }) => one.id === clearanceId);
    expect(cleared).toMatchObject({ clearedBecause: "apart" });
    expect(await works.toldTo(welder)).toEqual(["raised 8 m 演示涂装公司", "cleared 8 m 演示涂装公司"]);
  });

  test("work that begins later is answered at once, raised half an hour before, and cleared by the clock", async () => {
    const { welder, clearanceId } = await works.weld();
    const nowMs = app.clock.nowMs();
    const at = (minutes: number) => new Date(nowMs + minutes * MINUTE_MS).toISOString();
    const later = works.painting(8, { plannedFrom: at(90), plannedTo: at(120) });
    expect((await works.declare(later)).json().conflicts).toHaveLength(1);
    const openAfter = async (minutes: number) => {
      app.clock.advance(nowMs + minutes * MINUTE_MS - app.clock.nowMs());
      await works.sweep();
      return (await works.openConflicts()).length;
    };
    expect(await openAfter(0)).toBe(0);
    expect(await openAfter(59)).toBe(0);
    expect(await openAfter(60)).toBe(1);
    expect(await openAfter(119)).toBe(1);
    expect(await openAfter(120)).toBe(0);
    expect(await works.toldTo(welder)).toHaveLength(2);
    await works.giveUp(welder, clearanceId);
  });

  test("hot work of another firm within 10 m conflicts, of the same firm it does not", async () => {
    const first = await works.weld();
    const same = await works.weld(town.owner, northOfPoint(6));
    await works.sweep();
    expect(await works.openConflicts()).toEqual([]);
    const other = await works.weld(town.painter, northOfPoint(-8));
    await works.sweep();
    const open = await works.openConflicts();
    expect(open.map(({ kind }: { kind: string }) => kind)).toEqual(["hot-work", "hot-work"]);
    expect(open[0].clause).toMatchObject({ kind: "policy", verified: false });
    const found = await other.steps.detail(other.clearanceId, other.welder);
    expect(found.conflicts.map(({ other: side }) => side.id).sort()).toEqual(
      [first.clearanceId, same.clearanceId].sort(),
    );
    await works.giveUp(other.welder, other.clearanceId);
    await works.sweep();
    expect(await works.openConflicts()).toEqual([]);
  });

  test("a permit warns from its approval on, says so when it is read, and its clearance takes its place", async () => {
    const paint = (await works.declare(works.painting(8))).json().otherWork;
    const { at, welder, steps, clearanceId } = await works.weld(town.owner, northOfPoint(60));
    const waiting = await buildPermit(app, at, "submitted");
    const shown = async (permitId: string) => {
      const response = await works.call(welder, "GET", `/api/hot-work-permits/${permitId}`);
      expect(response.statusCode, response.body).toBe(200);
      return response.json().conflicts;
    };
    await works.sweep();
    expect(await works.openConflicts()).toEqual([]);
    // Who applies or approves sees it before the work begins.
    expect(await shown(waiting)).toMatchObject([{ other: { id: paint.otherWorkId } }]);
    const permitId = await buildPermit(app, at);
    await works.sweep();
    const [raised] = await works.openConflicts();
    expect(raised).toMatchObject({ one: { subject: "permit", id: permitId } });
    expect(await works.toldTo(welder)).toHaveLength(1);

    await app.ctx.db
      .updateTable("clearances")
      .set({ latitude_degrees: northOfPoint(0).latitudeDegrees })
      .where("clearance_id", "=", clearanceId)
      .execute();
    await works.call(welder, "POST", `/api/clearances/${clearanceId}/permit`, { permitId });
    await works.sweep();
    const [adopted] = await works.openConflicts();
    expect(adopted).toMatchObject({
      workConflictId: raised.workConflictId,
      one: { subject: "clearance", id: clearanceId },
    });
    expect(await works.openConflicts()).toHaveLength(1);
    expect(await works.toldTo(welder)).toHaveLength(1);
    expect((await steps.detail(clearanceId, welder)).conflicts).toHaveLength(1);
  });

  test("one that fails holds up no other, and is tried again", async () => {
    await works.weld();
    for (const metres of [2, 4]) await works.declare(works.painting(metres));
    await app.ctx.db.deleteFrom("work_conflicts").where("cleared_at", "is", null).execute();
    await app.ctx.db.deleteFrom("notifications").execute();
    const [first] = await app.ctx.db
      .selectFrom("other_works")
      .select("other_work_id")
      .where("ended_at", "is", null)
      .where("planned_to", ">", new Date(app.clock.nowMs()))
      .orderBy("other_work_id")
      .execute();
    let calls = 0;
    const failing = {
      ...app.ctx,
      newId: () => {
        if (calls++ === 0) throw new Error("no id");
        return app.ctx.newId();
      },
    };
    const { followConflicts } = await import("../src/features/simultaneous-work/simultaneous-work.ts");
    await expect(followConflicts(failing)).rejects.toThrow("1 conflicts of works failed");
    expect(first).toBeDefined();
    expect(await works.openConflicts()).toHaveLength(1);
    await works.sweep();
    expect(await works.openConflicts()).toHaveLength(2);
  });

  test("each firm says once what it does about it, while it is open", async () => {
    await works.weld();
    const { otherWorkId } = (await works.declare(works.painting(3))).json().otherWork;
    const [{ workConflictId, mayAcknowledge }] = await works.openConflicts(town.painterOfficer);
    expect(mayAcknowledge).toBe(true);
    const url = `/api/work-conflicts/${workConflictId}/acknowledgement`;
    const note = { note: "演示：等焊接结束再喷漆" };
    expect((await app.call("POST", url, { body: note })).statusCode).toBe(401);
    expect(codeOf(await works.call(town.regulator, "POST", url, note))).toBe("403 role.forbidden");
    expect(codeOf(await works.call(town.stranger, "POST", url, note))).toBe("403 region.out_of_scope");
    expect(fieldsOf(await works.call(town.painterOfficer, "POST", url, { note: "" }))).toEqual(["body.note"]);
    expect((await works.call(town.painterOfficer, "POST", url, note)).json()).toMatchObject({
      acknowledgements: [{ enterpriseName: "演示涂装公司", note: note.note }],
      mayAcknowledge: false,
    });
    expect(codeOf(await works.call(town.painterOfficer, "POST", url, note))).toBe(
      "409 work_conflict.acknowledged",
    );
    expect((await works.call(town.ownerOfficer, "POST", url, note)).json().acknowledgements).toHaveLength(2);
    await works.call(town.painterOfficer, "POST", `/api/other-works/${otherWorkId}/end`, {
      reason: "演示停工",
    });
    expect(codeOf(await works.call(town.approver, "POST", url, note))).toBe("409 work_conflict.cleared");
  });

  test("the other firm's contact is read while it is open, by who takes part, and leaves an entry", async () => {
    await works.weld();
    const { otherWorkId } = (await works.declare(works.painting(3))).json().otherWork;
    const [{ workConflictId }] = await works.openConflicts();
    const url = `/api/work-conflicts/${workConflictId}/contacts`;
    expect((await works.call(town.ownerOfficer, "POST", url)).json().contacts).toContainEqual({
      enterpriseName: "演示涂装公司",
      name: contact.contactName,
      phone: contact.contactPhone,
    });
    const [entry] = await app.ctx.db
      .selectFrom("audit_log")
      .select(["action", "actor"])
      .where("subject", "=", `work_conflict:${workConflictId}`)
      .orderBy("seq")
      .execute();
    expect(entry).toMatchObject({ action: "personal_data.read", actor: town.ownerOfficer.personId });
    expect((await app.call("POST", url)).statusCode).toBe(401);
    expect(codeOf(await works.call(town.stranger, "POST", url))).toBe("403 region.out_of_scope");
    expect(codeOf(await works.call(town.regulator, "POST", `/api/work-conflicts/x/contacts`))).toMatch("400");
    await works.call(town.painterOfficer, "POST", `/api/other-works/${otherWorkId}/end`, {
      reason: "演示停工",
    });
    expect(codeOf(await works.call(town.ownerOfficer, "POST", url))).toBe("409 work_conflict.cleared");
  });

  test("conflicts are seen by staff of the region and by the firms of both sides", async () => {
    await works.weld();
    await works.declare(works.painting(3));
    const [{ workConflictId }] = await works.openConflicts();
    const url = `/api/work-conflicts/${workConflictId}`;
    for (const who of [town.station, town.regulator, town.painterOfficer, town.ownerOfficer, town.approver]) {
      expect((await works.call(who, "GET", url)).statusCode).toBe(200);
      expect(await works.openConflicts(who)).toHaveLength(1);
    }
    const outsider = await buildStaff(app, "regulator", { region: otherCounty });
    for (const who of [outsider, town.stranger]) {
      expect(codeOf(await works.call(who, "GET", url))).toBe("403 region.out_of_scope");
      expect(await works.openConflicts(who)).toEqual([]);
    }
    expect(codeOf(await works.call(town.welder, "GET", url))).toBe("403 role.forbidden");
    expect((await app.call("GET", url)).statusCode).toBe(401);
    expect((await app.call("GET", "/api/work-conflicts")).statusCode).toBe(401);
    expect(codeOf(await works.call(town.regulator, "GET", "/api/work-conflicts?kind=gardening"))).toMatch(
      "400",
    );
    expect(codeOf(await works.call(town.regulator, "GET", `/api/work-conflicts/${nobody}`))).toBe(
      "404 work_conflict.not_found",
    );
  });
});
