import type { EnterpriseId, PersonId } from "@hanyouxu/protocol";
import { addDays, type KeyAreaValidity, shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BuiltMachine, type BuiltWelder, buildEnterprise, buildMachine, buildWelder } from "./county.ts";
import { engines } from "./database.ts";
import { buildKeyArea, eastOfHere, type NewKeyArea } from "./key-area.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const HOUR_MS = 3_600_000;
const ASKS_NOTHING = { permit: false, sceneCheck: false, fireWatch: false, smoulderWatch: false };

describe.each(engines)("times without hot work in key areas on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let by: PersonId;
  let welder: BuiltWelder;
  let machine: BuiltMachine;
  let middle = 0;
  /** The day on which a test works, Asia/Shanghai. */
  let today: string;
  beforeAll(async () => {
    app = await withPlatform(engine);
    enterpriseId = await buildEnterprise(app.ctx);
    by = await app.addPerson();
  });
  afterAll(() => app?.close());
  beforeEach(() => {
    today = addDays(shanghaiDay(app.clock.nowMs()), 1);
  });

  /** Goes to an instant of today, before which everything is there and the machine stands in the middle of the area. */
  async function be(atMs: number, area: Partial<NewKeyArea>): Promise<string> {
    // Areas of before stay where they are.
    middle += 10_000;
    app.clock.advance(atMs - 5 * 60_000 - app.clock.nowMs());
    welder = await buildWelder(app, { enterprises: [enterpriseId] });
    machine = await buildMachine(app.ctx, { enterpriseId });
    await app.say(machine.chip.hello());
    const policy = { demands: ASKS_NOTHING, ...area.policy };
    const keyAreaId = await buildKeyArea(app.ctx, { by, east: middle, ...area, policy });
    app.clock.advance(atMs - 30_000 - app.clock.nowMs());
    const place = eastOfHere(middle);
    const position = {
      latitudeE7: Math.round(place.latitudeDegrees * 1e7),
      longitudeE7: Math.round(place.longitudeDegrees * 1e7),
      accuracyDecimetres: 50,
    };
    await app.say(machine.chip.telemetry({ position }));
    app.clock.advance(atMs - app.clock.nowMs());
    return keyAreaId;
  }

  const start = async () =>
    (
      await app.call("POST", "/api/work-sessions", {
        cookie: welder.cookie,
        body: {
          machineCode: machine.machineCode,
          position: { ...eastOfHere(middle), accuracyMetres: 5 },
          idempotencyKey: app.ctx.newId(),
        },
      })
    ).json();
  const period = (fromDay: string, untilDay = fromDay): Pick<KeyAreaValidity, "specialPeriods"> => ({
    specialPeriods: [{ name: "演示考试", fromDay, untilDay, rule: "forbidden" }],
  });
  const opening = (opensAt: string, closesAt: string): Pick<KeyAreaValidity, "openingHours"> => ({
    openingHours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt, closesAt }],
  });
  const endOfGrantMs = () => {
    const { notBeforeSeconds, validSeconds } = app.lastCommandTo(machine.chip, "grant");
    return (notBeforeSeconds + validSeconds) * 1000;
  };

  test("in a forbidden period nothing starts, and it is said until when; the times are stored", async () => {
    const times = period(today, addDays(today, 1));
    const keyAreaId = await be(shanghaiDayStartMs(today) + 10 * HOUR_MS, { times });
    const answer = await start();
    expect(answer).toMatchObject({
      outcome: "refuse",
      reasons: [
        {
          kind: "fail",
          ruleId: "key-area-special-period",
          clause: { kind: "policy" },
          title: { zh: `重点区域“演示医院”${today} 00:00 起因“演示考试”禁止动火` },
          fix: { zh: `请在 ${addDays(today, 2)} 00:00 之后开机` },
          data: { keyAreaId, period: "演示考试" },
        },
      ],
    });
    const { facts } = await app.ctx.db
      .selectFrom("decisions")
      .select("facts")
      .where("decision_id", "=", answer.decisionId)
      .executeTakeFirstOrThrow();
    expect(facts).toMatchObject({ keyAreas: [{ keyAreaId, regime: "crowded-place", times }] });
    expect(app.commandsTo(machine.chip).filter(({ kind }) => kind === "grant")).toEqual([]);
  });

  test("what is granted before ends as the forbidden period begins", async () => {
    const startsMs = shanghaiDayStartMs(addDays(today, 1));
    await be(startsMs - 2 * HOUR_MS, { times: period(addDays(today, 1)) });
    const answer = await start();
    expect(answer).toMatchObject({ outcome: "grant" });
    expect(endOfGrantMs()).toBe(startsMs);
    expect(app.lastCommandTo(machine.chip, "grant").maxEnergisedSeconds).toBe(7_200);
    const { expires_at } = await app.ctx.db
      .selectFrom("work_sessions")
      .select("expires_at")
      .where("work_session_id", "=", answer.workSession.workSessionId)
      .executeTakeFirstOrThrow();
    expect(expires_at.getTime()).toBe(startsMs);
  });

  test("a grant that would reach its chip only in the period is refused; one second earlier it is not", async () => {
    const startsMs = shanghaiDayStartMs(addDays(today, 1));
    await be(startsMs - 61_000, { times: period(addDays(today, 1)) });
    expect(await start()).toMatchObject({ outcome: "grant" });
    expect(endOfGrantMs()).toBe(startsMs);
    await be(startsMs + 24 * HOUR_MS - 60_000, { times: period(addDays(today, 2)) });
    expect(await start()).toMatchObject({
      outcome: "refuse",
      reasons: [{ ruleId: "key-area-special-period" }],
    });
  });

  test("as the period ends it starts again, for as long as ever", async () => {
    const endsMs = shanghaiDayStartMs(addDays(today, 1));
    await be(endsMs, { times: period(today) });
    expect(await start()).toMatchObject({ outcome: "grant" });
    expect(endOfGrantMs()).toBe(endsMs + 8 * HOUR_MS);
  });

  test("in opening hours nothing starts where the area forbids it, and a grant ends as it opens", async () => {
    const at = (hours: number) => shanghaiDayStartMs(today) + hours * HOUR_MS;
    const times = opening("08:00", "22:00");
    await be(at(5), { times });
    expect(await start()).toMatchObject({ outcome: "grant" });
    expect(endOfGrantMs()).toBe(at(8));
    await be(at(9), { times });
    expect(await start()).toMatchObject({
      outcome: "refuse",
      reasons: [
        { ruleId: "key-area-open-to-public", fix: { zh: expect.stringContaining(`${today} 22:00`) } },
      ],
    });
    await be(at(10), { times, policy: { demands: ASKS_NOTHING, workWhileOpen: "allowed" } });
    expect(await start()).toMatchObject({ outcome: "grant" });
    await be(at(11), { times: { ...times, ...period(today) }, policy: { demands: ASKS_NOTHING } });
    const both = await start();
    expect(both.reasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual([
      "key-area-special-period",
      "key-area-open-to-public",
    ]);
  });

  test("an entertainment venue is shut to hot work in opening hours by law, whatever staff have set", async () => {
    await be(shanghaiDayStartMs(today) + 21 * HOUR_MS, {
      kind: "entertainment",
      name: "演示歌厅",
      times: opening("18:00", "02:00"),
      policy: { demands: ASKS_NOTHING, workWhileOpen: "allowed" },
    });
    expect(await start()).toMatchObject({
      outcome: "refuse",
      reasons: [
        {
          ruleId: "key-area-open-to-public",
          clause: { kind: "law", article: "20" },
          data: { until: `${addDays(today, 1)} 02:00` },
        },
      ],
    });
  });
});
