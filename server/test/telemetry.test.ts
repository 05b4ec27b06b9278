import type { EnterpriseId } from "@hanyouxu/protocol";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rollUpTelemetry, unpackSamples } from "../src/features/telemetry/telemetry.ts";
import type { ChipVoice } from "./chip-voice.ts";
import { buildEnterprise, buildMachine } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const minuteMs = 60_000;

describe.each(engines)("history of readings on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let chip: ChipVoice;
  beforeAll(async () => {
    app = await withPlatform(engine);
    enterpriseId = await buildEnterprise(app.ctx);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    // To the beginning of some ten minutes.
    app.clock.advance(600_000 - (app.clock.nowMs() % 600_000) + 6 * 3_600_000);
    chip = (await buildMachine(app.ctx, { enterpriseId })).chip;
  });

  const hotCount = async () =>
    (await sql<{ count: number }>`select count(*) from telemetry_hot`.execute(app.ctx.db)).rows[0]!.count;
  const chunksOf = async ({ chipId }: ChipVoice) => {
    const rows = await app.ctx.db
      .selectFrom("telemetry_chunks")
      .selectAll()
      .where("chip_id", "=", chipId)
      .orderBy("starts_at")
      .execute();
    return rows.map((row) => ({ ...row, samples: unpackSamples(row.columns) }));
  };

  test("is packed ten minutes a chip once they are settled, nothing lost, nothing left", async () => {
    const startMs = app.clock.nowMs();
    const other = (await buildMachine(app.ctx, { enterpriseId })).chip;
    app.clock.advance(5_000);
    for (let minute = 0; minute < 20; minute++) {
      await app.say(chip.telemetry({ arcCurrentDeciamps: minute }, 6), other.telemetry({}, 1));
      app.clock.advance(minuteMs);
    }
    expect(await rollUpTelemetry(app.ctx)).toBe(2);
    expect(await hotCount()).toBe(20);
    app.clock.advance(5 * minuteMs);
    expect(await rollUpTelemetry(app.ctx)).toBe(2);
    expect(await hotCount()).toBe(0);
    expect(await rollUpTelemetry(app.ctx)).toBe(0);
    const chunks = await chunksOf(chip);
    expect(chunks.map(({ starts_at }) => starts_at.getTime() - startMs)).toEqual([0, 10 * minuteMs]);
    expect(chunks.map(({ sample_count }) => sample_count)).toEqual([60, 60]);
    expect(chunks.map(({ max_current_amps }) => Math.round(max_current_amps * 10))).toEqual([9, 19]);
    expect(chunks.flatMap(({ samples }) => samples.map(({ atMs }) => atMs - startMs))).toEqual(
      Array.from({ length: 20 }, (_, minute) =>
        Array.from({ length: 6 }, (_, index) => minute * minuteMs + index * 1000),
      ).flat(),
    );
    expect(await chunksOf(other)).toHaveLength(2);
  });

  test("takes late and repeated batches into the chunk of their time, each sample once", async () => {
    app.clock.advance(5_000);
    const first = chip.telemetry({}, 3);
    app.clock.advance(minuteMs);
    const late = chip.telemetry({}, 3);
    await app.say(first);
    app.clock.advance(20 * minuteMs);
    await rollUpTelemetry(app.ctx);
    expect((await chunksOf(chip)).map(({ sample_count }) => sample_count)).toEqual([3]);
    const nowMs = app.clock.nowMs();
    await app.say({ ...late, receivedAtMs: nowMs }, { ...first, receivedAtMs: nowMs });
    await rollUpTelemetry(app.ctx);
    const [chunk, ...others] = await chunksOf(chip);
    expect(others).toEqual([]);
    expect(chunk!.sample_count).toBe(6);
    expect(new Set(chunk!.samples.map(({ atMs }) => atMs)).size).toBe(6);
    expect(chunk!.ends_at.getTime()).toBe(chunk!.samples.at(-1)!.atMs);
  });

  test("goes to a partition of its UTC day", async () => {
    const toMidnightMs = 86_400_000 - (app.clock.nowMs() % 86_400_000);
    app.clock.advance(toMidnightMs - 1_000);
    await app.say(chip.telemetry());
    app.clock.advance(2_000);
    await app.say(chip.telemetry());
    app.clock.advance(20 * minuteMs);
    await rollUpTelemetry(app.ctx);
    const { rows } = await sql<{ part: string }>`
      select tableoid::regclass::text as part from telemetry_chunks where chip_id = ${chip.chipId} order by starts_at`.execute(
      app.ctx.db,
    );
    const day = (ms: number) =>
      `telemetry_chunks_${new Date(ms).toISOString().slice(0, 10).replaceAll("-", "")}`;
    const nowMs = app.clock.nowMs();
    expect(rows.map(({ part }) => part)).toEqual([day(nowMs - 3_600_000), day(nowMs)]);
  });

  test.each([
    ["ahead by seventy years", 70 * 365 * 86_400_000],
    ["behind by fifty years", -50 * 365 * 86_400_000],
  ])("of a chip whose clock is %s is kept by its arrival", async (_name, errorMs) => {
    chip.clockErrorMs = errorMs;
    chip.clockTrust = "drifting";
    const arrivedMs = app.clock.nowMs();
    await app.say(chip.telemetry({}, 2));
    app.clock.advance(20 * minuteMs);
    await rollUpTelemetry(app.ctx);
    const [chunk] = await chunksOf(chip);
    expect(chunk!.samples.map(({ atMs }) => atMs)).toEqual([arrivedMs - 1_000, arrivedMs]);
  });

  test("of a chip with a wrong clock is corrected by the skew it showed when it said hello", async () => {
    chip.clockErrorMs = -3_600_000;
    chip.clockTrust = "drifting";
    await app.say(chip.hello());
    const takenMs = app.clock.nowMs();
    const batch = chip.telemetry();
    app.clock.advance(30_000);
    await app.say({ ...batch, receivedAtMs: app.clock.nowMs() });
    app.clock.advance(20 * minuteMs);
    await rollUpTelemetry(app.ctx);
    expect((await chunksOf(chip))[0]!.samples.map(({ atMs }) => atMs)).toEqual([takenMs]);
  });

  test("packed by two servers at once is whole", async () => {
    const chips = await Promise.all(
      Array.from({ length: 12 }, async () => (await buildMachine(app.ctx, { enterpriseId })).chip),
    );
    for (let second = 0; second < 60; second++) {
      await app.say(...chips.map((one) => one.telemetry({}, 1)));
      app.clock.advance(1_000);
    }
    app.clock.advance(20 * minuteMs);
    await Promise.all([rollUpTelemetry(app.ctx), rollUpTelemetry(app.ctx), rollUpTelemetry(app.ctx)]);
    await rollUpTelemetry(app.ctx);
    expect(await hotCount()).toBe(0);
    for (const one of chips) {
      const [chunk] = await chunksOf(one);
      expect(chunk!.sample_count).toBe(60);
    }
  });
});
