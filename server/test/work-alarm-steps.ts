import { addDays, shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import { expect } from "vitest";
import { type alarmSteps, MINUTE_MS } from "./alarm-steps.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildMachine,
  buildStaff,
  buildWelder,
  county,
  type NewWelder,
} from "./county.ts";
import { north } from "./moving-machine.ts";
import type { TwoFirms, Who } from "./two-firms.ts";

export const HOUR_MS = 60 * MINUTE_MS;

/** What tests of alarms about work do: people who work for hours and days, machines that say where they are. */
export function workAlarmSteps(firms: TwoFirms, steps: ReturnType<typeof alarmSteps>) {
  let policies = 0;
  /** Time passes, and who looks signs in again: nobody's session lasts for days. */
  const pass = async (ms: number) => {
    firms.app.clock.advance(ms);
    const cookies = firms.cookies as Record<Who, string>;
    for (const [who, role] of [
      ["regulator", "regulator"],
      ["station", "station-staff"],
    ] as const) {
      cookies[who] = (await buildStaff(firms.app, role, { region: county })).cookie;
    }
  };
  const newMachine = async (): Promise<BuiltMachine> => {
    const machine = await buildMachine(firms.app.ctx, {
      enterpriseId: firms.own.enterpriseId,
      isMobile: true,
    });
    await firms.app.bringOnline(machine.chip);
    return machine;
  };
  const newWelder = async (change: NewWelder = {}) =>
    await buildWelder(firms.app, { enterprises: [firms.own.enterpriseId], ...change });
  const start = async (welder: BuiltWelder, machine: BuiltMachine, metresNorth = 0) => {
    await sayAt(machine, metresNorth);
    const response = await firms.start(welder, machine.machineCode, { position: north(metresNorth) });
    expect(response.json().outcome, response.body).toBe("grant");
    const { workSessionId } = response.json().workSession;
    await firms.app.say(machine.chip.energised(workSessionId));
    return workSessionId;
  };
  const sayAt = async ({ chip }: BuiltMachine, metresNorth: number, gasLelPermille = 0) => {
    const { latitudeDegrees, longitudeDegrees } = north(metresNorth);
    const position = {
      latitudeE7: Math.round(latitudeDegrees * 1e7),
      longitudeE7: Math.round(longitudeDegrees * 1e7),
      accuracyDecimetres: 50,
    };
    await firms.app.say(chip.telemetry({ position, gasLelPermille }));
  };
  /** Of one machine, oldest first: `over-time active unacknowledged`. */
  const of = async ({ machineId }: BuiltMachine) =>
    (await steps.list(`?machineId=${machineId}&pageSize=50`))
      .toSorted((one, other) => one.raisedAt.localeCompare(other.raisedAt))
      .map(({ kind, condition, handling }) => `${kind} ${condition} ${handling}`);
  /** To a time of the next Shanghai day. */
  const nextDayAt = async (hour: number) => {
    const nowMs = firms.app.clock.nowMs();
    const day = addDays(shanghaiDay(nowMs), 1);
    await pass(shanghaiDayStartMs(day) + hour * HOUR_MS - nowMs);
  };
  const setPolicy = async (alarm: object) => {
    const { ctx, clock } = firms.app;
    await ctx.db
      .insertInto("policies")
      .values({
        region_code: county,
        version: ++policies,
        effective_from: new Date(clock.nowMs()),
        values: JSON.stringify({ alarm }),
        changed_by: "test",
      })
      .execute();
  };
  const lastSession = async ({ machineId }: BuiltMachine) =>
    await firms.app.ctx.db
      .selectFrom("work_sessions")
      .selectAll()
      .where("machine_id", "=", machineId)
      .orderBy("granted_at", "desc")
      .executeTakeFirstOrThrow();

  return { pass, newMachine, newWelder, start, sayAt, of, nextDayAt, setPolicy, lastSession };
}
