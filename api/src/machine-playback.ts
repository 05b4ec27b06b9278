import { z } from "zod";
import { bilingual } from "./language.ts";
import { playedTime } from "./played-sample.ts";

/** So much of a machine's past is played back at once. */
export const MAX_MACHINE_PLAYBACK_HOURS = 24;

const HOUR_MS = 3_600_000;

export const machinePlaybackQuery = z
  .object({ from: z.iso.datetime(), to: z.iso.datetime() })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ["to"],
    error: bilingual("结束时间须晚于开始时间", "The end must be after the beginning"),
  })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MAX_MACHINE_PLAYBACK_HOURS * HOUR_MS, {
    path: ["to"],
    error: bilingual("一次最多回放 24 小时", "At most 24 hours at once"),
  });

/** Where a machine was and what its chips measured within a time. */
export const machinePlayback = z.object(playedTime).meta({ id: "MachinePlayback" });
export type MachinePlayback = z.infer<typeof machinePlayback>;
