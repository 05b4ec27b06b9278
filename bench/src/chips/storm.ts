import { type EventDataByKind, type EventKind, PERIPHERALS } from "@hanyouxu/protocol";
import { monotonicMs } from "../worker.ts";
import type { LightChip } from "./light-chip.ts";

export interface StormTask {
  alarms: number;
  seconds: number;
}

/** An event that raises an alarm of its own. */
export interface StormEvent {
  /** Names the alarm: machine, kind and what of the machine. */
  key: string;
  sentAtMs: number;
}

type Said = { [Kind in EventKind]: [Kind, EventDataByKind[Kind]] }[EventKind];

/** Ten different alarms of one machine: three dangers, six warnings, one notice. */
const SAID: readonly Said[] = [
  ["tamper", { raised: true }],
  ["bypass-suspected", { currentDeciamps: 900 }],
  // Not a warning of gas: the cut stands for that.
  ["gas-sensor", { condition: "stuck", raised: true, forSeconds: 3_600 }],
  ["gas-cut", { gasLelPermille: 260 }],
  ["clock-stepped", { fromMs: 1_780_272_000_000, toMs: 1_780_272_900_000 }],
  ...PERIPHERALS.filter((peripheral) => peripheral !== "gas-sensor").map(
    (peripheral): Said => ["peripheral-lost", { peripheral, lost: true }],
  ),
];
export const ALARMS_OF_A_CHIP = SAID.length;

/** What an event is known by at the desk: a gas sensor that fails is a peripheral that is lost. */
function keyOf(machineId: string, [kind, data]: Said): string {
  return kind === "gas-sensor"
    ? alarmKey(machineId, "peripheral-lost", { peripheral: "gas-sensor" })
    : alarmKey(machineId, kind, data as never);
}

export function alarmKey(machineId: string, kind: string, data: Readonly<Record<string, unknown>>): string {
  return `${machineId} ${kind} ${data.peripheral ?? ""}`;
}

/** So many alarms evenly over the time, the chips in turn, kinds mixed. Resolves when the broker has acknowledged all. */
export async function storm(
  chips: readonly LightChip[],
  { alarms, seconds }: StormTask,
): Promise<StormEvent[]> {
  const events: StormEvent[] = [];
  const underway: Promise<void>[] = [];
  const startedMs = monotonicMs();
  for (let index = 0; index < alarms; index++) {
    const waitMs = startedMs + (index / alarms) * seconds * 1000 - monotonicMs();
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const place = index % chips.length;
    const chip = chips[place]!;
    const said = SAID[(Math.floor(index / chips.length) + place) % SAID.length]!;
    const [kind, data] = said;
    events.push({ key: keyOf(chip.machineId, said), sentAtMs: monotonicMs() });
    underway.push(chip.tell(kind as "tamper", data as never));
  }
  await Promise.all(underway);
  return events;
}
