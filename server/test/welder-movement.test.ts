import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { followMovement } from "../src/features/movement/movement.ts";
import { startSession } from "../src/features/sign-in/session.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildStaff,
  buildWelder,
  county,
  otherCounty,
} from "./county.ts";
import { engines } from "./database.ts";
import { nextMorning, north, today } from "./moving-machine.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf } from "./two-firms.ts";

describe.each(engines)("where welders work on %s", (engine) => {
  let app: TestPlatform;
  let machine: BuiltMachine;
  let welder: BuiltWelder;
  beforeAll(async () => {
    app = await withPlatform(engine);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    nextMorning(app);
    const enterpriseId = await buildEnterprise(app.ctx);
    machine = await buildMachine(app.ctx, { enterpriseId, isMobile: true });
    welder = await buildWelder(app, { enterprises: [enterpriseId] });
  });

  /** A sign-in does not last for days. */
  async function freshCookie(): Promise<string> {
    const device = { userAgent: "test", address: "127.0.0.1" };
    const { token } = await app.ctx.db
      .transaction()
      .execute((tx) => startSession(app.ctx, tx, welder.personId, "phone", device));
    return `hy_session=${token}`;
  }

  /** A work session a day, each day somewhere. */
  async function work(days: readonly number[], { isPowered = true } = {}) {
    for (const metres of days) {
      const cookie = await freshCookie();
      const place = north(metres);
      await app.say(machine.chip.hello());
      const position = {
        latitudeE7: Math.round(place.latitudeDegrees * 1e7),
        longitudeE7: Math.round(place.longitudeDegrees * 1e7),
        accuracyDecimetres: 50,
      };
      await app.say(machine.chip.telemetry({ position }));
      const answer = await app.call("POST", "/api/work-sessions", {
        cookie,
        body: {
          machineCode: machine.machineCode,
          position: place,
          idempotencyKey: app.ctx.newId(),
          site: { kind: "unknown" },
        },
      });
      expect(answer.json().outcome).toBe("grant");
      const { workSessionId } = answer.json().workSession;
      if (isPowered) {
        await app.say(machine.chip.energised(workSessionId));
        await app.say(machine.chip.deEnergised(workSessionId));
      } else {
        const { commandId } = app.lastCommandTo(machine.chip, "grant");
        await app.say(machine.chip.answer(commandId, "busy"));
      }
      nextMorning(app);
    }
    await followMovement(app.ctx);
  }
  const shown = async (cookie: string) =>
    await app.call("GET", `/api/movement/welders/${welder.welderId}`, { cookie });
  const regulator = async (region = county) => (await buildStaff(app, "regulator", { region })).cookie;

  test("a welder whose sessions began at several places is mobile, with places and days", async () => {
    const firstDay = today(app);
    await work([0, 3000, 0, 8000]);
    const cookie = await regulator();
    const detail = (await shown(cookie)).json();
    expect(detail).toMatchObject({
      kind: "mobile",
      moves: 3,
      placeCount: 3,
      farthestMetres: 8000,
      workedDays: 4,
      fromDay: firstDay,
    });
    expect(detail.places.map(({ days }: { days: number }) => days)).toEqual([2, 1, 1]);
    const list = (await app.call("GET", "/api/movement/welders?kind=mobile", { cookie })).json();
    expect(list.items[0]).toMatchObject({ welderId: welder.welderId, kind: "mobile", moves: 3 });
    expect(list.items[0].name).toMatch(/^.\*+$/);
    expect(codeOf(await shown(await regulator(otherCounty)))).toBe("403 region.out_of_scope");
  });

  test("a welder who works at one place is fixed, and more work is taken in", async () => {
    await work([0, 20, 0]);
    const cookie = await regulator();
    expect((await shown(cookie)).json()).toMatchObject({ kind: "fixed", moves: 0, placeCount: 1 });
    await work([4000, 0]);
    expect((await shown(await regulator())).json()).toMatchObject({
      kind: "mobile",
      moves: 2,
      workedDays: 5,
    });
  });

  test("grants that never had power say nothing, and weeks later nothing counts any more", async () => {
    await work([0, 3000, 0, 8000], { isPowered: false });
    expect((await shown(await regulator())).json()).toMatchObject({ kind: "undecided", workedDays: 0 });
    await work([0, 3000, 0]);
    expect((await shown(await regulator())).json()).toMatchObject({ kind: "mobile" });
    app.clock.advance(29 * 86_400_000);
    await followMovement(app.ctx);
    expect((await shown(await regulator())).json()).toMatchObject({ kind: "undecided", places: [] });
  });

  test("whoever may not see work sees figures and no places", async () => {
    await work([0, 3000, 0]);
    await app.ctx.db
      .updateTable("departments")
      .set({ rights: JSON.stringify({ people: "rows" }) })
      .where("department_key", "=", "education")
      .execute();
    const clerk = await buildStaff(app, "regulator", { region: county, department: "education" });
    expect((await shown(clerk.cookie)).json()).toMatchObject({ kind: "mobile", places: null });
  });
});
