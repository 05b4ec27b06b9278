import type { AppContext } from "../../context.ts";
import { classifyMachines } from "./classify-machines.ts";
import { classifyWelders } from "./classify-welders.ts";
import { foldChangedDays } from "./fold-days.ts";
import { forgetDays } from "./queries.ts";
import { keptSince } from "./window.ts";

type MovementContext = Pick<AppContext, "db" | "clock">;

/** What has changed since the last time: days of machines from their fixes, then machines and welders from their days. */
export async function followMovement(ctx: MovementContext): Promise<void> {
  await foldChangedDays(ctx);
  await classifyMachines(ctx);
  await classifyWelders(ctx);
}

/** Days that no classification goes by any more. */
export async function forgetMovement(ctx: MovementContext): Promise<void> {
  await forgetDays(ctx.db, keptSince(ctx.clock.nowMs()));
}

/** The feature's face: where machines stayed, and whether that makes them mobile. */
export { classifyMovement, type Mobility, type MovementDay } from "./classify-movement.ts";
export { type DayPlace, dayPlaces, type MovementFix } from "./day-places.ts";
export { addSimulatedDays, machinesWithPast, type SimulatedDays } from "./simulated-days.ts";
