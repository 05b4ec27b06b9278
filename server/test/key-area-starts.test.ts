import type { EnterpriseId, PersonId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WatchedAreas } from "../src/features/places/places.ts";
import { type BuiltMachine, type BuiltWelder, buildEnterprise, buildMachine, buildWelder } from "./county.ts";
import { engines } from "./database.ts";
import { buildKeyArea, eastOfHere } from "./key-area.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

describe.each(engines)("starting in and around key areas on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let by: PersonId;
  let welder: BuiltWelder;
  let machine: BuiltMachine;
  let middle = 0;
  beforeAll(async () => {
    app = await withPlatform(engine);
    enterpriseId = await buildEnterprise(app.ctx);
    by = await app.addPerson();
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    middle += 10_000;
    app.clock.advance(600_000);
    welder = await buildWelder(app, { enterprises: [enterpriseId] });
    machine = await buildMachine(app.ctx, { enterpriseId });
    await app.say(machine.chip.hello());
  });

  const report = async (east: number | null, times = 1) => {
    const place = eastOfHere(middle + (east ?? 0));
    const position = {
      latitudeE7: Math.round(place.latitudeDegrees * 1e7),
      longitudeE7: Math.round(place.longitudeDegrees * 1e7),
      accuracyDecimetres: 50,
    };
    for (let time = 0; time < times; time++) {
      app.clock.advance(10_000);
      const sample = east === null ? { position: null, flags: { fix: "none" as const } } : { position };
      await app.say(machine.chip.telemetry(sample));
    }
  };
  const scan = async (east: number, accuracyMetres = 5) =>
    (
      await app.call("POST", "/api/work-sessions", {
        cookie: welder.cookie,
        body: {
          machineCode: machine.machineCode,
          position: { ...eastOfHere(middle + east), accuracyMetres },
          idempotencyKey: app.ctx.newId(),
        },
      })
    ).json();
  const hospital = async (change = {}) => await buildKeyArea(app.ctx, { by, east: middle, ...change });

  test("in a key area nothing starts without a clearance, and the person is told which", async () => {
    const keyAreaId = await hospital();
    await report(0, 4);
    const answer = await scan(0);
    expect(answer).toMatchObject({
      outcome: "require",
      reasons: [
        {
          ruleId: "key-area-clearance",
          kind: "need",
          step: { id: "clearance" },
          data: { keyAreaId, name: "演示医院" },
        },
      ],
    });
    const { facts } = await app.ctx.db
      .selectFrom("decisions")
      .select("facts")
      .where("decision_id", "=", answer.decisionId)
      .executeTakeFirstOrThrow();
    expect(facts).toMatchObject({ keyAreas: [{ keyAreaId, state: "inside" }], clearance: null });
    expect(app.commandsTo(machine.chip).filter(({ kind }) => kind === "grant")).toEqual([]);
  });

  test("the first fix inside is enough when the phone beside it says the same", async () => {
    await hospital();
    await report(0);
    expect(await scan(0)).toMatchObject({ outcome: "require", reasons: [{ ruleId: "key-area-clearance" }] });
  });

  test("well outside a start is granted as ever", async () => {
    await hospital();
    await report(400, 4);
    expect(await scan(400)).toMatchObject({ outcome: "grant" });
  });

  test("in a basement, with no fix of the machine, the phone's place counts", async () => {
    await hospital();
    await report(null);
    expect(await scan(0)).toMatchObject({ outcome: "require", reasons: [{ ruleId: "key-area-clearance" }] });
    expect(await scan(-300)).toMatchObject({ outcome: "grant" });
  });

  test("where nobody can tell, the person is asked for the sign", async () => {
    const keyAreaId = await hospital();
    await report(null);
    const asked = { ruleId: "key-area-place-unsure", step: { id: "site-sign" }, data: { keyAreaId } };
    expect(await scan(98, 30)).toMatchObject({ outcome: "require", reasons: [asked] });
  });

  test("machine and phone that contradict one another: the person is asked", async () => {
    await hospital();
    await report(180, 2);
    expect(await scan(40)).toMatchObject({
      outcome: "require",
      reasons: [{ ruleId: "key-area-place-unsure" }],
    });
  });

  test("GPS jump: a machine whose satellites suddenly say elsewhere does not start", async () => {
    await hospital();
    await report(0, 4);
    await report(3_000, 40);
    // Even with a phone that is forged alike.
    expect(await scan(3_000)).toMatchObject({
      outcome: "require",
      reasons: [{ ruleId: "key-area-place-unsure" }],
    });
  });

  test("a machine that was in and has been silent since is unsure", async () => {
    await hospital();
    await report(0, 4);
    app.clock.advance(11 * 60_000);
    await app.say(machine.chip.hello());
    expect(await scan(95, 40)).toMatchObject({
      outcome: "require",
      reasons: [{ ruleId: "key-area-place-unsure" }],
    });
  });

  test("an area whose time is over demands nothing", async () => {
    await hospital({ until: new Date(app.clock.nowMs() - 1).toISOString() });
    await report(0, 4);
    expect(await scan(0)).toMatchObject({ outcome: "grant" });
  });

  test("an area that wants nothing before the start lets it through", async () => {
    await hospital({
      policy: { demands: { permit: false, sceneCheck: false, fireWatch: false, smoulderWatch: true } },
    });
    await report(0, 4);
    expect(await scan(0)).toMatchObject({ outcome: "grant" });
  });

  test("a server that has not heard of a new area looks before it decides", async () => {
    const known = app.ctx.watchedAreas;
    await hospital();
    // As another process that loaded its areas before.
    app.ctx.watchedAreas = new WatchedAreas();
    await report(0, 4);
    expect(await scan(0)).toMatchObject({ outcome: "require" });
    expect(app.ctx.watchedAreas.revision).toBe(known.revision);
  });
});
