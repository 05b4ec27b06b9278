import type { MachineId } from "@hanyouxu/protocol";
import { shanghaiDay } from "@hanyouxu/rules";
import type { UplinkMessage } from "../src/broker/broker.ts";
import { followMovement } from "../src/features/movement/movement.ts";
import { rollUpTelemetry } from "../src/features/telemetry/telemetry.ts";
import type { ChipVoice } from "./chip-voice.ts";
import { type BuiltMachine, buildMachine, here, type NewMachine } from "./county.ts";
import type { TestPlatform } from "./platform.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** So many metres north of where machines stand at home. */
export const north = (metres: number) => ({
  ...here,
  latitudeDegrees: here.latitudeDegrees + metres / 111_195,
});

/** A machine in which its chip sits from now on. */
export async function buildFitted(app: TestPlatform, machine: NewMachine): Promise<BuiltMachine> {
  const built = await buildMachine(app.ctx, machine);
  await fit(app, built.machineId, built.chip);
  return built;
}

export async function fit(app: TestPlatform, machineId: MachineId, chip: ChipVoice): Promise<void> {
  await app.ctx.db
    .insertInto("chip_fittings")
    .values({
      chip_fitting_id: app.ctx.newId(),
      machine_id: machineId,
      chip_id: chip.chipId,
      fitted_at: new Date(app.clock.nowMs()),
      fitted_by: null,
      removed_at: null,
      removal: null,
    })
    .execute();
}

/** What a chip says in an hour at a place, a reading every ten minutes; time passes. */
export function hourAt(
  app: TestPlatform,
  chip: ChipVoice,
  metresNorth: number,
  { isWelding = true } = {},
): UplinkMessage[] {
  const { latitudeDegrees, longitudeDegrees } = north(metresNorth);
  return Array.from({ length: 6 }, () => {
    app.clock.advance(10 * minuteMs);
    return chip.telemetry({
      position: {
        latitudeE7: Math.round(latitudeDegrees * 1e7),
        longitudeE7: Math.round(longitudeDegrees * 1e7),
        accuracyDecimetres: 60,
      },
      flags: { arcOn: isWelding },
    });
  });
}

/** To nine in the morning of the next Shanghai day, in the middle of some ten minutes. */
export function nextMorning(app: TestPlatform): void {
  const sinceMidnight = (app.clock.nowMs() + 8 * 60 * minuteMs) % dayMs;
  app.clock.advance(dayMs - sinceMidnight + 9 * 60 * minuteMs + 5 * minuteMs);
}

/** What the sweeps do once everything has settled. */
export async function settle(app: TestPlatform): Promise<void> {
  app.clock.advance(30 * minuteMs);
  await rollUpTelemetry(app.ctx);
  app.clock.advance(30 * minuteMs);
  await followMovement(app.ctx);
}

export const today = (app: TestPlatform) => shanghaiDay(app.clock.nowMs());
