import { parentPort, workerData } from "node:worker_threads";
import { addDays, shanghaiDayStartMs } from "@hanyouxu/rules";
import type { SimulatedDays } from "@hanyouxu/server";
// Not through the whole server, whose own thread would start here.
import { dayPlaces } from "@hanyouxu/server/day-places";
import { type DemoMachine, trackOf, trendDays } from "@hanyouxu/simulator";

/** What the thread is given at its start. */
export interface HistoryRequest {
  seed: number;
  /** The day after the last one of the history. */
  onDay: string;
  machines: readonly DemoMachine[];
  days: number;
  /** Regions without a past of work and alarms, and how many days of it. */
  trends: { regions: readonly string[]; days: number };
}

/** Coarser than chips report, and enough to tell where a machine stayed. */
const EVERY_MINUTES = 60;
/** Some hundred days: one short statement. */
const MACHINES_AT_ONCE = 10;

const { seed, onDay, machines, days, trends } = workerData as HistoryRequest;
const firstDay = addDays(onDay, -days);
const startMs = shanghaiDayStartMs(firstDay);

function historyOf(machine: DemoMachine): SimulatedDays {
  const track = trackOf(machine, seed, { startMs, days, everyMinutes: EVERY_MINUTES });
  return {
    machineId: machine.machineId,
    days: track.map(({ day, fixes }) => ({ day: addDays(firstDay, day), places: dayPlaces(fixes) })),
  };
}

parentPort!.postMessage({ trendDays: trendDays(seed, { ...trends, onDay }) });
for (let index = 0; index < machines.length; index += MACHINES_AT_ONCE) {
  parentPort!.postMessage({ machines: machines.slice(index, index + MACHINES_AT_ONCE).map(historyOf) });
}
parentPort!.postMessage(null);
