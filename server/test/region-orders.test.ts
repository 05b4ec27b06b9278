import type { RegionOrder, RegionOrderMachine } from "@hanyouxu/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { carryOutRegionOrders, lockNewcomers } from "../src/features/region-orders/region-orders.ts";
import { buildMachine, buildRegion, buildStaff, county, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const MINUTE_MS = 60_000;
const reason = "演示：罐区泄漏，全域停火";

describe.each(engines)("orders for a region on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  let asker: string;
  let second: string;
  beforeEach(async () => {
    firms = await twoFirms(engine);
    app = firms.app;
    await buildRegion(app.ctx, county);
    asker = (await buildStaff(app, "regulator", { region: county })).cookie;
    second = (await buildStaff(app, "station-staff", { region: county })).cookie;
  });
  afterEach(() => app?.close());

  const call = (cookie: string, method: "GET" | "POST", path: string, body?: object) =>
    app.call(method, path, { cookie, ...(body ? { body } : {}) });
  const ask = (kind: RegionOrder["kind"], changes: object = {}, cookie = asker) =>
    call(cookie, "POST", "/api/region-orders", { kind, region: county, reason, ...changes });
  async function inForce(kind: RegionOrder["kind"], changes: object = {}): Promise<string> {
    const { regionOrderId } = (await ask(kind, changes)).json<RegionOrder>();
    const confirmed = await call(second, "POST", `/api/region-orders/${regionOrderId}/confirmation`);
    expect(confirmed.json(), confirmed.body).toMatchObject({ status: "in-force" });
    return regionOrderId;
  }
  const shown = async (id: string, cookie = asker) =>
    (await call(cookie, "GET", `/api/region-orders/${id}`)).json<RegionOrder>();
  const machineState = async (machineId: string) =>
    (await call(asker, "GET", `/api/machines/${machineId}`)).json();

  test("a lock takes two people; then nothing starts, the chip locks itself, and what works is cut", async () => {
    const { own } = firms;
    const reach = await call(asker, "GET", `/api/region-order-reach?region=${county}`);
    expect(reach.json()).toEqual({ machines: 2, working: 1 });
    const asked = (await ask("lock")).json<RegionOrder>();
    expect(asked).toMatchObject({ status: "asked", mayDo: ["withdraw"], machines: { all: 0 } });
    const path = `/api/region-orders/${asked.regionOrderId}`;
    expect(codeOf(await call(asker, "POST", `${path}/confirmation`))).toBe(
      "403 region_order.needs_second_person",
    );
    const told = await app.ctx.db
      .selectFrom("messages as m")
      .innerJoin("role_grants as g", "g.person_id", "m.person_id")
      .select(["g.role", "m.severity", "m.template", "m.words"])
      .where("m.subject_id", "=", asked.regionOrderId)
      .where("g.region_code", "=", county)
      .execute();
    expect(told.map(({ role }) => role).sort()).toEqual(["regulator", "station-staff", "station-staff"]);
    expect(told[0]).toMatchObject({
      severity: "danger",
      template: "region-order-asked",
      words: { order: "lock", place: `演示${county}`, minutes: 15 },
    });
    // Nobody is stopped by one person alone.
    await carryOutRegionOrders(app.ctx);
    expect((await machineState(own.idle.machineId)).lockReason).toBeNull();
    expect((await shown(asked.regionOrderId, second)).mayDo).toEqual(["confirm", "refuse"]);

    const confirmed = (await call(second, "POST", `${path}/confirmation`)).json<RegionOrder>();
    expect(confirmed).toMatchObject({
      status: "in-force",
      machines: { all: 2, obeyed: 0 },
      mayDo: ["ask-lift"],
    });
    const refused = await firms.start("welder", own.idle.machineCode);
    expect(refused.json()).toMatchObject({ outcome: "refuse", reasons: [{ ruleId: "machine-not-locked" }] });

    await carryOutRegionOrders(app.ctx);
    expect(app.lastCommandTo(own.machine.chip, "lock")).toMatchObject({ locked: true });
    expect(app.lastCommandTo(own.idle.chip, "lock")).toMatchObject({ locked: true });
    expect(app.commandsTo(own.idle.chip).filter(({ kind }) => kind === "lock")).toHaveLength(1);
    await carryOutRegionOrders(app.ctx);
    expect(app.commandsTo(own.idle.chip).filter(({ kind }) => kind === "lock")).toHaveLength(1);
    await app.say(own.idle.chip.event("locked", { locked: true }));
    expect((await shown(asked.regionOrderId)).machines).toEqual({ all: 2, obeyed: 1, away: 0 });
    const { items } = (await call(asker, "GET", `${path}/machines`)).json<{ items: RegionOrderMachine[] }>();
    expect(items.map(({ machineId, state }) => [machineId, state])).toEqual([
      [own.machine.machineId, "told"],
      [own.idle.machineId, "obeyed"],
    ]);
    expect(codeOf(await call(second, "POST", `${path}/confirmation`))).toBe("409 region_order.not_open");
  });

  test("nobody unlocks one machine out of it; lifting takes two people and leaves what was locked alone", async () => {
    const { own } = firms;
    const byHand = await call(asker, "POST", `/api/machines/${own.machine.machineId}/lock`, {
      reason: "演示检修",
    });
    expect(byHand.statusCode).toBe(200);
    const id = await inForce("lock");
    for (const { machineId } of [own.machine, own.idle]) {
      const unlocked = await call(second, "POST", `/api/machines/${machineId}/unlock`, {
        reason: "演示放行",
      });
      expect(codeOf(unlocked)).toBe("409 machine.locked_by_order");
    }
    expect((await machineState(own.idle.machineId)).lockOrderId).toBe(id);

    const path = `/api/region-orders/${id}`;
    expect(codeOf(await call(second, "POST", `${path}/lifting/confirmation`))).toBe(
      "409 region_order.not_open",
    );
    const lift = await call(second, "POST", `${path}/lifting`, { reason: "演示险情解除" });
    expect(lift.json()).toMatchObject({
      status: "in-force",
      lifting: { reason: "演示险情解除" },
      mayDo: ["refuse-lift"],
    });
    expect(codeOf(await call(second, "POST", `${path}/lifting/confirmation`))).toBe(
      "403 region_order.needs_second_person",
    );
    const kept = await call(asker, "POST", `${path}/lifting/refusal`, { reason: "演示再等等" });
    expect(kept.json()).toMatchObject({ status: "in-force", lifting: null });
    await call(second, "POST", `${path}/lifting`, { reason: "演示险情解除" });
    expect((await call(asker, "POST", `${path}/lifting/confirmation`)).json()).toMatchObject({
      status: "lifted",
    });

    expect(await machineState(own.idle.machineId)).toMatchObject({ lockReason: null, lockOrderId: null });
    expect(await machineState(own.machine.machineId)).toMatchObject({ lockReason: "演示检修" });
    await app.say(own.idle.chip.event("locked", { locked: true }));
    await carryOutRegionOrders(app.ctx);
    expect(app.lastCommandTo(own.idle.chip, "lock")).toMatchObject({ locked: false });
    expect((await firms.start("welder", own.idle.machineCode)).json().outcome).toBe("grant");
  });

  test("two locks over one machine: it is free when both are lifted", async () => {
    const { own } = firms;
    const wide = await inForce("lock");
    const narrow = await inForce("lock", { region: township, enterpriseId: own.enterpriseId });
    async function lift(id: string) {
      await call(asker, "POST", `/api/region-orders/${id}/lifting`, { reason: "演示解除" });
      const done = await call(second, "POST", `/api/region-orders/${id}/lifting/confirmation`);
      expect(done.json(), done.body).toMatchObject({ status: "lifted" });
    }
    await lift(wide);
    expect(await machineState(own.idle.machineId)).toMatchObject({ lockOrderId: narrow, lockReason: reason });
    await lift(narrow);
    expect(await machineState(own.idle.machineId)).toMatchObject({ lockOrderId: null, lockReason: null });
  });

  test("a machine that comes into a locked region is locked too", async () => {
    const { own } = firms;
    await inForce("lock");
    const newcomer = await buildMachine(app.ctx, { enterpriseId: own.enterpriseId, name: "演示三号" });
    await lockNewcomers(app.ctx);
    expect(await machineState(newcomer.machineId)).toMatchObject({ lockReason: reason });
  });

  test("a stop ends the work that goes on, once, and is done when the last has ended", async () => {
    const { own, workSessionId } = firms;
    const id = await inForce("stop", { region: township });
    await carryOutRegionOrders(app.ctx);
    expect(app.lastCommandTo(own.machine.chip, "revoke")).toMatchObject({ workSessionId, reason: "stopped" });
    expect(await shown(id)).toMatchObject({ status: "in-force", machines: { all: 1, obeyed: 0 } });
    await app.say(own.machine.chip.deEnergised(workSessionId));
    await carryOutRegionOrders(app.ctx);
    expect(await shown(id)).toMatchObject({ status: "done", machines: { all: 1, obeyed: 1 }, mayDo: [] });
    expect((await machineState(own.idle.machineId)).lockReason).toBeNull();
  });

  test("what nobody confirms within 15 minutes lapses, and so does a lifting", async () => {
    const { regionOrderId } = (await ask("lock")).json<RegionOrder>();
    const path = `/api/region-orders/${regionOrderId}`;
    app.clock.advance(15 * MINUTE_MS - 1);
    await carryOutRegionOrders(app.ctx);
    expect((await shown(regionOrderId, second)).mayDo).toEqual(["confirm", "refuse"]);
    app.clock.advance(1);
    expect(codeOf(await call(second, "POST", `${path}/confirmation`))).toBe("409 region_order.lapsed");
    await carryOutRegionOrders(app.ctx);
    expect((await shown(regionOrderId)).status).toBe("lapsed");

    const locked = await inForce("lock");
    await call(asker, "POST", `/api/region-orders/${locked}/lifting`, { reason: "演示解除" });
    app.clock.advance(15 * MINUTE_MS);
    expect(codeOf(await call(second, "POST", `/api/region-orders/${locked}/lifting/confirmation`))).toBe(
      "409 region_order.lapsed",
    );
    await carryOutRegionOrders(app.ctx);
    expect(await shown(locked)).toMatchObject({ status: "in-force", lifting: null, mayDo: ["ask-lift"] });
  });

  test("is refused by another, withdrawn by who asked, and asked once", async () => {
    const { regionOrderId } = (await ask("stop")).json<RegionOrder>();
    expect(codeOf(await ask("stop"))).toBe("409 region_order.asked_already");
    const path = `/api/region-orders/${regionOrderId}`;
    expect(codeOf(await call(asker, "POST", `${path}/refusal`, { reason }))).toBe(
      "403 region_order.needs_second_person",
    );
    expect(codeOf(await call(second, "POST", `${path}/withdrawal`, { reason }))).toBe(
      "403 region_order.needs_second_person",
    );
    const refused = await call(second, "POST", `${path}/refusal`, { reason: "演示误报" });
    expect(refused.json()).toMatchObject({ status: "refused", refusal: "演示误报", mayDo: [] });
    const again = (await ask("stop")).json<RegionOrder>().regionOrderId;
    const withdrawn = await call(asker, "POST", `/api/region-orders/${again}/withdrawal`, {
      reason: "演示撤回",
    });
    expect(withdrawn.json()).toMatchObject({ status: "withdrawn", refusal: "演示撤回" });
  });

  test("each by who commands the whole region; those below see it", async () => {
    const { regionOrderId } = (await ask("lock")).json<RegionOrder>();
    const path = `/api/region-orders/${regionOrderId}`;
    const stranger = (await buildStaff(app, "regulator", { region: otherCounty })).cookie;
    const below = (await buildStaff(app, "station-staff", { region: township })).cookie;
    expect(codeOf(await call(stranger, "GET", path))).toBe("403 region.out_of_scope");
    expect((await call(stranger, "GET", "/api/region-orders")).json().total).toBe(0);
    expect((await call(below, "GET", "/api/region-orders")).json().items).toMatchObject([
      { regionOrderId, mayDo: [] },
    ]);
    expect(codeOf(await call(below, "POST", `${path}/confirmation`))).toBe("403 region.out_of_scope");
    expect(codeOf(await call(below, "GET", `${path}/machines`))).toBe("403 region.out_of_scope");
    expect(codeOf(await ask("lock", {}, below))).toBe("403 region.out_of_scope");
    expect(codeOf(await ask("lock", { region: otherCounty }))).toBe("403 region.out_of_scope");
    expect(codeOf(await ask("lock", { enterpriseId: nobody }))).toBe("404 enterprise.not_found");
    expect(codeOf(await call(firms.own.welder.cookie, "GET", "/api/region-orders"))).toBe(
      "403 role.forbidden",
    );
    expect((await app.call("GET", "/api/region-orders")).statusCode).toBe(401);
    const bad = await ask("lock", { kind: "burn", reason: "x" });
    expect(bad.statusCode).toBe(400);
    expect(fieldsOf(bad).sort()).toEqual(["body.kind", "body.reason"]);
    expect(codeOf(await call(asker, "GET", `/api/region-orders/${nobody}`))).toBe(
      "404 region_order.not_found",
    );
  });
});
