import type { EnterpriseId, KeyAreaId, PersonId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Ingest } from "../src/ingest/ingest.ts";
import { type BuiltMachine, buildEnterprise, buildMachine } from "./county.ts";
import { engines } from "./database.ts";
import { buildKeyArea, eastOfHere } from "./key-area.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

describe.each(engines)("machines and key areas on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let by: PersonId;
  let hospital: KeyAreaId;
  let machine: BuiltMachine;
  /** Every test has a hospital of its own, ten kilometres from the last. */
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
    hospital = await buildKeyArea(app.ctx, { by, east: middle });
    machine = await buildMachine(app.ctx, { enterpriseId });
    await app.say(machine.chip.hello());
  });

  interface At {
    isMoving?: boolean;
    fix?: "gnss" | "none" | "last-known" | "cell";
  }

  /** The chip's sample from so many metres east of the hospital's middle. */
  const sampleAt = (east: number, { isMoving = false, fix = "gnss" }: At = {}) => {
    const { latitudeDegrees, longitudeDegrees } = eastOfHere(middle + east);
    return machine.chip.telemetry({
      position:
        fix === "none"
          ? null
          : {
              latitudeE7: Math.round(latitudeDegrees * 1e7),
              longitudeE7: Math.round(longitudeDegrees * 1e7),
              accuracyDecimetres: 50,
            },
      flags: { fix, moving: isMoving },
    });
  };
  const report = async (east: number, at: At = {}) => {
    app.clock.advance(10_000);
    await app.say(sampleAt(east, at));
  };
  const driveIn = async () => {
    for (const east of [600, 520, 440, 360, 280, 200, 120, 40, 0]) await report(east, { isMoving: true });
    for (let time = 0; time < 3; time++) await report(0);
  };
  const places = async () =>
    await app.ctx.db
      .selectFrom("machine_places")
      .selectAll()
      .where("machine_id", "=", machine.machineId)
      .execute();
  const events = async () =>
    await app.ctx.db
      .selectFrom("place_events")
      .selectAll()
      .where("machine_id", "=", machine.machineId)
      .orderBy("at")
      .execute();
  const memory = async () =>
    await app.ctx.db
      .selectFrom("machine_place_memories")
      .select("memory")
      .where("machine_id", "=", machine.machineId)
      .executeTakeFirst();

  test("who drives in is in, since the first fix that said so, and out again once away", async () => {
    await driveIn();
    const [place] = await places();
    expect(place).toMatchObject({ key_area_id: hospital, state: "inside", method: "gps" });
    const [entered] = await events();
    expect(entered).toMatchObject({ key_area_id: hospital, kind: "entered", at: place!.since });
    expect(entered!.noticed_at.getTime() - entered!.at.getTime()).toBe(10_000);
    for (const east of [80, 160, 240, 320, 400, 480, 560, 640]) await report(east, { isMoving: true });
    expect(await places()).toEqual([]);
    expect((await events()).map(({ kind }) => kind)).toEqual(["entered", "left"]);
    expect(await memory()).toBeUndefined();
  });

  test("a machine far from every area leaves no trace", async () => {
    for (let time = 0; time < 5; time++) await report(3_000);
    expect(await memory()).toBeUndefined();
    expect(await events()).toEqual([]);
  });

  test("another server goes on where the first was killed", async () => {
    for (const east of [600, 300]) await report(east, { isMoving: true });
    await report(0);
    expect(await places()).toEqual([]);
    const other = new Ingest(app.ctx);
    for (let time = 0; time < 3; time++) {
      app.clock.advance(10_000);
      const taken = other.take(sampleAt(0));
      await other.drain();
      await taken;
    }
    expect(await places()).toMatchObject([{ state: "inside" }]);
  });

  test("samples kept in a batch count at their own times, and one that comes twice counts once", async () => {
    for (const east of [600, 300]) await report(east, { isMoving: true });
    app.clock.advance(60_000);
    // Two seconds of samples: too short to be believed, whenever they come.
    const burst = machine.chip.telemetry(
      {
        position: {
          latitudeE7: 289_000_000,
          longitudeE7: Math.round(eastOfHere(middle).longitudeDegrees * 1e7),
          accuracyDecimetres: 50,
        },
        flags: { moving: true },
      },
      3,
    );
    await app.say(burst);
    await app.say(burst);
    expect(await places()).toEqual([]);
  });

  test("late samples, from before a gap in the link, do not move the live state", async () => {
    await driveIn();
    const late = { ...sampleAt(5_000), receivedAtMs: app.clock.nowMs() };
    for (const east of [80, 160, 240, 320, 400, 480]) await report(east, { isMoving: true });
    const before = await memory();
    await app.say(late);
    expect(await memory()).toEqual(before);
  });

  test("a last known place is no fix: under a roof a machine stays in, then is unsure", async () => {
    await driveIn();
    for (let minute = 0; minute < 9; minute++) {
      app.clock.advance(50_000);
      await report(5_000, { fix: "last-known" });
    }
    expect(await places()).toMatchObject([{ state: "inside" }]);
    app.clock.advance(100_000);
    await report(0, { fix: "none" });
    expect(await places()).toMatchObject([{ state: "unsure" }]);
    expect((await events()).map(({ kind }) => kind)).toEqual(["entered", "unsure"]);
  });

  test("GPS jump: forged satellites that say five kilometres away get no machine out", async () => {
    await driveIn();
    for (let time = 0; time < 40; time++) await report(5_000);
    expect(await places()).toMatchObject([{ state: "unsure" }]);
    expect((await events()).map(({ kind }) => kind)).toEqual(["entered", "unsure"]);
  });

  test("an area drawn around a standing machine has it inside from its next fixes on", async () => {
    for (let time = 0; time < 3; time++) await report(3_000);
    const school = await buildKeyArea(app.ctx, {
      by,
      east: middle + 3_000,
      kind: "school",
      name: "演示学校",
    });
    for (let time = 0; time < 3; time++) await report(3_000);
    expect(await places()).toMatchObject([{ key_area_id: school, state: "inside" }]);
  });
});
