import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltMachine, buildMachine } from "./county.ts";
import { engines } from "./database.ts";
import { buildFitted, fit, hourAt } from "./moving-machine.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const HOUR_MS = 3_600_000;

describe.each(engines)("playing back a machine on %s", (engine) => {
  let firms: TwoFirms;
  let machine: BuiltMachine;
  let fromMs: number;
  let toMs: number;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    const { app } = firms;
    const { ctx, clock } = app;
    machine = await buildFitted(app, { enterpriseId: firms.own.enterpriseId, name: "演示回放机" });
    fromMs = clock.nowMs();
    await app.say(...hourAt(app, machine.chip, 100));
    // Its chip goes into another machine, one from elsewhere comes; both speak on.
    const other = await buildMachine(ctx, { enterpriseId: firms.own.enterpriseId, name: "演示换来的芯片" });
    await app.say(...hourAt(app, other.chip, 900));
    clock.advance(60_000);
    await ctx.db
      .updateTable("chip_fittings")
      .set({ removed_at: new Date(clock.nowMs()), removal: "swapped" })
      .where("machine_id", "=", machine.machineId)
      .execute();
    await fit(app, machine.machineId, other.chip);
    const later = hourAt(app, machine.chip, 5_000);
    await app.say(...later, ...hourAt(app, other.chip, 200));
    toMs = clock.nowMs() + 1;
  });
  afterAll(() => firms?.app.close());

  const path = (from = fromMs, to = toMs, machineId: string = machine.machineId) =>
    `/api/machines/${machineId}/playback?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;

  test("shows what each chip said while it sat in it, and nothing that it said elsewhere", async () => {
    const found = (await firms.get("regulator", path())).json();
    expect(found).toMatchObject({
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      measured: 12,
    });
    const norths = found.samples.map(({ place }: { place: { latitudeDegrees: number } }) =>
      Math.round((place.latitudeDegrees - 28.9) * 111_195),
    );
    const [first, last] = [norths[0], norths.at(-1)];
    expect(new Set(norths)).toEqual(new Set([first, last]));
    expect(last - first).toBe(100);
    const times = found.samples.map(({ at }: { at: string }) => at);
    expect(times).toEqual(times.toSorted());
  });

  test("takes what was measured at the first instant, not at the last", async () => {
    const [first, second] = (await firms.get("regulator", path())).json().samples;
    const within = await firms.get("regulator", path(Date.parse(first.at), Date.parse(second.at)));
    expect(within.json().samples).toEqual([first]);
  });

  test("who looked at what is on record", async () => {
    await firms.get("officer", path(fromMs, fromMs + HOUR_MS / 2));
    const audit = await firms.app.ctx.db
      .selectFrom("audit_log")
      .select(["actor", "subject", "details"])
      .where("action", "=", "machine.played-back")
      .orderBy("at", "desc")
      .execute();
    expect(audit).toContainEqual({
      actor: expect.any(String),
      subject: `machine:${machine.machineId}`,
      details: {
        from: new Date(fromMs).toISOString(),
        to: new Date(fromMs + HOUR_MS / 2).toISOString(),
        samples: 2,
      },
    });
  });

  test("asks who looks, and for how long", async () => {
    for (const [who, at, code] of [
      [undefined, path(), "401 sign_in.required"],
      ["welder", path(), "403 role.forbidden"],
      ["otherRegulator", path(), "403 region.out_of_scope"],
      ["otherOfficer", path(), "403 region.out_of_scope"],
      ["officer", path(), "200"],
      ["operator", path(fromMs, toMs, nobody), "404 machine.not_found"],
      ["regulator", path(fromMs, fromMs + 24 * HOUR_MS), "200"],
    ] as const)
      expect([who, codeOf(await firms.get(who, at))]).toEqual([who, code]);
    for (const [from, to] of [
      [fromMs, fromMs],
      [fromMs, fromMs + 24 * HOUR_MS + 1],
    ] as const) {
      const refused = await firms.get("regulator", path(from, to));
      expect([refused.statusCode, fieldsOf(refused)]).toEqual([400, ["query.to"]]);
    }
    const noTime = await firms.get("regulator", `/api/machines/${machine.machineId}/playback?from=yesterday`);
    expect([noTime.statusCode, fieldsOf(noTime).sort()]).toEqual([400, ["query.from", "query.to"]]);
  });
});
