import type { EnterpriseId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { followGasTrends, type GasTrendNews } from "../src/features/gas-trends/gas-trends.ts";
import { buildEnterprise, buildMachine } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

describe.each(engines)("the trend of gas on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  beforeAll(async () => {
    app = await withPlatform(engine);
    enterpriseId = await buildEnterprise(app.ctx);
  });
  afterAll(() => app?.close());
  beforeEach(() => app.clock.advance(3_600_000));

  /** Six minutes of telemetry, a look every ten seconds. */
  async function machineWithGas(levelAt: (minute: number) => number) {
    const machine = await buildMachine(app.ctx, { enterpriseId });
    await app.say(machine.chip.hello());
    for (let look = 0; look < 36; look++) {
      app.clock.advance(10_000);
      await app.say(machine.chip.telemetry({ gasLelPermille: Math.round(levelAt(look / 6)) }));
    }
    return machine;
  }

  async function follow(): Promise<readonly GasTrendNews[]> {
    let told: readonly GasTrendNews[] = [];
    await followGasTrends(app.ctx, (_ctx, news) => {
      told = news;
    });
    return told;
  }

  test("that rises towards the limit is told with the minutes that are left", async () => {
    const { machineId, chip } = await machineWithGas((minute) => 8 * minute + 5);
    const [news, ...others] = await follow();
    expect(others).toEqual([]);
    expect(news).toMatchObject({ machineId, chipId: chip.chipId, enterpriseId, atMs: app.clock.nowMs() });
    expect(news!.trend).toMatchObject({ isRising: true });
    expect(news!.trend.permillePerMinute).toBeCloseTo(8, 0);
    expect(news!.trend.minutesToWarning).toBeCloseTo(5.9, 0);
  });

  test("is judged by the region's own limit", async () => {
    await machineWithGas((minute) => 8 * minute + 5);
    const [{ regionCode, trend }] = (await follow()) as [GasTrendNews];
    await app.ctx.db
      .insertInto("policies")
      .values({
        region_code: regionCode,
        version: 1,
        effective_from: new Date(app.clock.nowMs()),
        values: JSON.stringify({ gasWarnPercentLel: 6 }),
        changed_by: "test",
      })
      .execute();
    expect((await follow())[0]!.trend.minutesToWarning).toBeCloseTo(trend.minutesToWarning! - 5, 0);
  });

  test("that stands still, or falls, is told as not rising; clean air is not told at all", async () => {
    const standing = await machineWithGas(() => 40);
    expect(await follow()).toMatchObject([{ machineId: standing.machineId, trend: { isRising: false } }]);
    app.clock.advance(3_600_000);
    await machineWithGas(() => 0);
    expect(await follow()).toEqual([]);
  });

  test("of samples that come an hour late raises nothing", async () => {
    const { chip } = await buildMachine(app.ctx, { enterpriseId });
    await app.say(chip.hello());
    const late = [];
    for (let look = 0; look < 36; look++) {
      app.clock.advance(10_000);
      late.push(chip.telemetry({ gasLelPermille: 5 + look * 2 }));
    }
    app.clock.advance(3_600_000);
    const receivedAtMs = app.clock.nowMs();
    for (const message of late) await app.say({ ...message, receivedAtMs });
    expect(await follow()).toEqual([]);
  });

  test("is on the platform's own dashboard", async () => {
    await machineWithGas((minute) => 8 * minute + 5);
    await followGasTrends(app.ctx);
    expect((await app.ctx.metrics.risingGasMachines.get()).values).toMatchObject([{ value: 1 }]);
  });
});
