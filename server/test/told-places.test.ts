import { createSiteSignCode, type EnterpriseId, type KeyAreaId, type PersonId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WatchedAreas } from "../src/features/places/places.ts";
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
import { buildKeyArea, buildSign, eastOfHere } from "./key-area.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

describe.each(engines)("what people say of a machine's place on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let by: PersonId;
  let welder: BuiltWelder;
  let machine: BuiltMachine;
  let hospital: KeyAreaId;
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
    hospital = await buildKeyArea(app.ctx, { by, east: middle });
  });

  const report = async (east: number, times = 1) => {
    const place = eastOfHere(middle + east);
    for (let time = 0; time < times; time++) {
      app.clock.advance(10_000);
      await app.say(
        machine.chip.telemetry({
          position: {
            latitudeE7: Math.round(place.latitudeDegrees * 1e7),
            longitudeE7: Math.round(place.longitudeDegrees * 1e7),
            accuracyDecimetres: 50,
          },
        }),
      );
    }
  };
  const phoneAt = (east: number, accuracyMetres = 20) => ({ ...eastOfHere(middle + east), accuracyMetres });
  const scanSign = async (signCode: string, position: object | null, cookie?: string) =>
    await app.call("POST", `/api/machine-codes/${machine.machineCode}/place-sign`, {
      cookie: cookie ?? welder.cookie,
      body: { signCode, position },
    });
  const say = async (body: object, cookie?: string) =>
    await app.call("POST", `/api/machines/${machine.machineId}/place`, {
      ...(cookie === undefined ? {} : { cookie }),
      body,
    });
  const placesSeen = async () => {
    const { cookie } = await buildStaff(app, "regulator", { region: county });
    return (await app.call("GET", `/api/machines/${machine.machineId}`, { cookie })).json().places;
  };
  const scanMachine = async (east: number, accuracyMetres: number) =>
    (
      await app.call("POST", "/api/work-sessions", {
        cookie: welder.cookie,
        body: {
          machineCode: machine.machineCode,
          position: phoneAt(east, accuracyMetres),
          idempotencyKey: app.ctx.newId(),
        },
      })
    ).json();

  describe("by a sign", () => {
    test("a machine is in the area and on the floor of the sign that was scanned beside it", async () => {
      const signCode = await buildSign(app.ctx, { keyAreaId: hospital, by, floor: "B1" });
      const response = await scanSign(`https://example.com/s/${signCode}`, phoneAt(60));
      expect(response.statusCode).toBe(200);
      expect(response.json()).toEqual({ keyAreaId: hospital, name: "演示医院", floor: "B1" });
      expect(await placesSeen()).toMatchObject([
        { keyAreaId: hospital, state: "inside", method: "sign", floor: "B1", lastFixAt: null },
      ]);
      expect(await scanMachine(60, 80)).toMatchObject({
        outcome: "require",
        reasons: [{ ruleId: "key-area-clearance" }],
      });
    });

    test("a machine that was unsure about two areas is in the one whose sign was scanned", async () => {
      const school = await buildKeyArea(app.ctx, {
        by,
        east: middle + 208,
        kind: "school",
        name: "演示学校",
      });
      await report(104, 16);
      expect((await placesSeen()).map(({ state }: { state: string }) => state)).toEqual(["unsure", "unsure"]);
      const signCode = await buildSign(app.ctx, { keyAreaId: school, by });
      expect((await scanSign(signCode, phoneAt(112))).statusCode).toBe(200);
      expect(await placesSeen()).toMatchObject([{ keyAreaId: school, state: "inside" }]);
    });

    test("a server that has not heard of a new area looks before it judges its sign", async () => {
      const signCode = await buildSign(app.ctx, { keyAreaId: hospital, by });
      app.ctx.watchedAreas = new WatchedAreas();
      expect((await scanSign(signCode, phoneAt(60))).statusCode).toBe(200);
    });

    test.each([
      ["what is no code", () => "S-1", 400, undefined],
      ["a machine's code", () => machine.machineCode as string, 400, undefined],
      [
        "a sign that somebody else made",
        () => createSiteSignCode(app.ctx.random, (bytes) => new Uint8Array(32).fill(bytes.length)),
        404,
        "site_sign.forged",
      ],
    ])("%s is refused", async (_what, signCode, status, code) => {
      const response = await scanSign(signCode(), phoneAt(0));
      expect(response.statusCode).toBe(status);
      if (code) expect(response.json().error.code).toBe(code);
    });

    test("a void sign, a photo of one from elsewhere and a phone without a place are refused", async () => {
      const old = await buildSign(app.ctx, { keyAreaId: hospital, by, isVoid: true });
      expect((await scanSign(old, phoneAt(0))).json().error.code).toBe("site_sign.void");
      const signCode = await buildSign(app.ctx, { keyAreaId: hospital, by });
      expect((await scanSign(signCode, null)).json().error.code).toBe("place.phone_unknown");
      expect((await scanSign(signCode, phoneAt(400))).json().error.code).toBe("place.sign_elsewhere");
      // An error circle as large as the town is no alibi.
      expect((await scanSign(signCode, phoneAt(400, 5_000))).json().error.code).toBe("place.sign_elsewhere");
      expect(await placesSeen()).toEqual([]);
    });

    test("an empty body is refused, and so is who is no welder", async () => {
      const signCode = await buildSign(app.ctx, { keyAreaId: hospital, by });
      const url = `/api/machine-codes/${machine.machineCode}/place-sign`;
      expect((await app.call("POST", url, { cookie: welder.cookie, body: {} })).statusCode).toBe(400);
      expect((await app.call("POST", url, { body: { signCode, position: null } })).statusCode).toBe(401);
      const { cookie } = await buildStaff(app, "regulator", { region: county });
      expect((await scanSign(signCode, phoneAt(0), cookie)).statusCode).toBe(403);
    });
  });

  describe("by staff", () => {
    const outside = () => ({ keyAreaId: hospital, state: "outside", reason: "现场查看，在院外" });

    test("a machine at the fence is outside, and stays so while it stays", async () => {
      await report(103, 16);
      expect(await scanMachine(103, 10)).toMatchObject({ reasons: [{ ruleId: "key-area-place-unsure" }] });
      const { cookie, personId } = await buildStaff(app, "station-staff", { region: county });
      const response = await say(outside(), cookie);
      expect([response.statusCode, response.json()]).toEqual([200, { places: [] }]);
      await report(103, 30);
      expect(await scanMachine(103, 10)).toMatchObject({ outcome: "grant" });
      const record = await app.ctx.db
        .selectFrom("audit_log")
        .select(["actor", "details"])
        .where("action", "=", "machine.place_told")
        .where("subject", "=", `machine:${machine.machineId}`)
        .orderBy("seq")
        .executeTakeFirstOrThrow();
      expect(record).toMatchObject({ actor: personId, details: { keyAreaId: hospital, state: "outside" } });
    });

    test("what is told while the chip's word is taken in waits, and is not written over", async () => {
      const { cookie } = await buildStaff(app, "station-staff", { region: county });
      const { chipId } = machine.chip;
      const order: string[] = [];
      const taking = Promise.withResolvers<void>();
      const taken = app.ctx.chipTurns.hold([chipId], () => taking.promise);
      const told = say({ ...outside(), state: "inside" }, cookie).then(() => order.push("told"));
      // Another machine's place is told meanwhile: by then this one's would be, too.
      const other = await buildMachine(app.ctx, { enterpriseId });
      await app.call("POST", `/api/machines/${other.machineId}/place`, { cookie, body: outside() });
      await app.call("POST", `/api/machines/${other.machineId}/place`, { cookie, body: outside() });
      order.push("taken");
      taking.resolve();
      await Promise.all([taken, told]);
      expect(order).toEqual(["taken", "told"]);
      expect(await placesSeen()).toMatchObject([{ keyAreaId: hospital, state: "inside", method: "person" }]);
    });

    test("another region's staff, the owner's officer and who is not signed in are refused", async () => {
      expect((await say(outside())).statusCode).toBe(401);
      const stranger = await buildStaff(app, "station-staff", { region: otherCounty });
      expect((await say(outside(), stranger.cookie)).json().error.code).toBe("region.out_of_scope");
      const officer = await buildStaff(app, "enterprise-officer", { enterpriseId });
      expect((await say(outside(), officer.cookie)).json().error.code).toBe("role.forbidden");
    });

    test("without a reason, or of an area that is none, it is refused", async () => {
      const { cookie } = await buildStaff(app, "regulator", { region: county });
      expect((await say({ ...outside(), reason: "" }, cookie)).statusCode).toBe(400);
      expect((await say({ ...outside(), keyAreaId: app.ctx.newId() }, cookie)).json().error.code).toBe(
        "key_area.not_found",
      );
    });
  });
});
