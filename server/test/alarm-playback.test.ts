import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rollUpTelemetry } from "../src/features/telemetry/telemetry.ts";
import { alarmSteps, MINUTE_MS } from "./alarm-steps.ts";
import { type BuiltMachine, buildMachine } from "./county.ts";
import { engines } from "./database.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

describe.each(engines)("playing back and taking away alarms on %s", (engine) => {
  let firms: TwoFirms;
  let steps: ReturnType<typeof alarmSteps>;
  let machine: BuiltMachine;
  let alarmId: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    steps = alarmSteps(firms);
    machine = await buildMachine(firms.app.ctx, { enterpriseId: firms.own.enterpriseId, name: "演示回放机" });
    await firms.app.bringOnline(machine.chip);
    // A sample a minute for forty minutes, going north; the alarm comes at the thirtieth.
    await firms.app.say(...samples(0, 31), machine.chip.event("gas-cut", { gasLelPermille: 260 }));
    alarmId = (await steps.openOf("gas-cut"))[0]!.alarmId;
    await firms.app.say(...samples(31, 40));
  });
  afterAll(() => firms?.app.close());

  const samples = (fromMinute: number, toMinute: number) =>
    Array.from({ length: toMinute - fromMinute }, (_, index) => {
      const minute = fromMinute + index;
      firms.app.clock.advance(MINUTE_MS);
      return machine.chip.telemetry({
        position: {
          latitudeE7: 289_000_000 + minute * 1_000,
          longitudeE7: 1_198_000_000,
          accuracyDecimetres: 50,
        },
        arcCurrentDeciamps: minute * 10,
        gasLelPermille: minute,
      });
    });
  const playback = async (query = "") =>
    (await firms.get("regulator", `/api/alarms/${alarmId}/playback${query}`)).json();

  test("an alarm's machine is played back around it, packed or not, and who looked is on record", async () => {
    const found = await playback("?minutesBefore=10&minutesAfter=5");
    expect(found).toMatchObject({ chipId: machine.chip.chipId, measured: 15 });
    expect(Date.parse(found.to) - Date.parse(found.from)).toBe(15 * MINUTE_MS);
    expect(found.samples).toHaveLength(15);
    expect(found.samples.at(-1)).toMatchObject({ currentAmps: 34, gasLelPercent: 3.4, relayClosed: false });
    const places = found.samples.map(
      ({ place }: { place: { latitudeDegrees: number } }) => place.latitudeDegrees,
    );
    expect(places).toEqual(places.toSorted());
    const audit = await firms.app.ctx.db
      .selectFrom("audit_log")
      .select(["details"])
      .where("action", "=", "alarm.played-back")
      .orderBy("seq")
      .execute();
    expect(audit).toMatchObject([{ details: { minutesBefore: 10, minutesAfter: 5, samples: 15 } }]);

    firms.app.clock.advance(20 * MINUTE_MS);
    expect(await rollUpTelemetry(firms.app.ctx)).toBeGreaterThan(2);
    expect(await playback("?minutesBefore=10&minutesAfter=5")).toEqual(found);
    // The one of its coming online besides.
    expect((await playback("?minutesBefore=120&minutesAfter=120")).measured).toBe(41);
  });

  test("of very many samples those that say most are kept", async () => {
    const busy = await buildMachine(firms.app.ctx, { enterpriseId: firms.own.enterpriseId });
    await firms.app.bringOnline(busy.chip);
    const batches = Array.from({ length: 295 }, (_, batch) => {
      firms.app.clock.advance(6_000);
      return busy.chip.telemetry({ arcCurrentDeciamps: batch === 200 ? 3_000 : 5 }, 6);
    });
    await firms.app.say(...batches);
    await firms.app.say(busy.chip.event("tamper", { raised: true }));
    const [own] = (await steps.openOf("tamper")).filter((one) => one.machineId === busy.machineId);
    const found = (await firms.get("regulator", `/api/alarms/${own!.alarmId}/playback`)).json();
    expect(found.measured).toBeGreaterThan(1_700);
    expect(found.samples.length).toBeLessThanOrEqual(1_200);
    const loudest = found.samples.filter(({ currentAmps }: { currentAmps: number }) => currentAmps === 300);
    expect(loudest.length).toBeGreaterThanOrEqual(3);
  });

  test("asks who looks, and for how long", async () => {
    const url = `/api/alarms/${alarmId}/playback`;
    for (const [who, at, code] of [
      [undefined, url, "401 sign_in.required"],
      ["welder", url, "403 role.forbidden"],
      ["otherRegulator", url, "403 region.out_of_scope"],
      ["otherOfficer", url, "403 region.out_of_scope"],
      ["officer", url, "200"],
      ["operator", `/api/alarms/${nobody}/playback`, "404 alarm.not_found"],
    ] as const)
      expect([who, codeOf(await firms.get(who, at))]).toEqual([who, code]);
    const tooLong = await firms.get("regulator", `${url}?minutesBefore=121&minutesAfter=-1`);
    expect([tooLong.statusCode, fieldsOf(tooLong).sort()]).toEqual([
      400,
      ["query.minutesAfter", "query.minutesBefore"],
    ]);
  });

  test("the list is taken away as it is filtered, within reach, on record", async () => {
    const csv = async (who: Parameters<TwoFirms["get"]>[0], query: string) =>
      await firms.get(who, `/api/exports/alarms?format=csv&${query}`);
    const own = (await csv("regulator", `machineId=${machine.machineId}`)).body;
    expect(own.split("\r\n").filter(Boolean)).toHaveLength(2);
    expect(own).toContain("可燃气体断电,危险,仍在发生,待确认,0,演示回放机");
    expect(own).toContain(alarmId);
    expect((await csv("regulator", `machineId=${machine.machineId}&severity=notice`)).body).not.toContain(
      alarmId,
    );
    expect((await csv("otherRegulator", "")).body).not.toContain(alarmId);
    expect(codeOf(await csv("welder", ""))).toBe("403 role.forbidden");
    expect(codeOf(await csv(undefined, ""))).toBe("401 sign_in.required");
    expect((await csv("regulator", "severity=grave")).statusCode).toBe(400);
    const sheet = await firms.get("officer", "/api/exports/alarms?isOpen=true");
    expect(sheet.headers["content-type"]).toContain("spreadsheetml");
    const audit = await firms.app.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("subject", "=", "list:alarms")
      .orderBy("seq")
      .execute();
    expect(audit.map(({ details }) => details)).toContainEqual({
      format: "csv",
      rows: 1,
      filters: { machineId: machine.machineId, withRecorded: false },
    });
  });
});
