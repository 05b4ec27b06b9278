import { z } from "zod";
import { bilingual } from "./language.ts";
import { playedTime } from "./played-sample.ts";

/** So far around an alarm its machine can be played back. */
export const MAX_PLAYBACK_MINUTES = 120;

const minutes = (most: string, mostEn: string) =>
  z.coerce.number().pipe(
    z
      .int()
      .min(0, { error: bilingual("不能小于 0", "Not below 0") })
      .max(MAX_PLAYBACK_MINUTES, { error: bilingual(most, mostEn) }),
  );

export const alarmPlaybackQuery = z.object({
  minutesBefore: minutes("最多回看 120 分钟", "At most 120 minutes before").default(30),
  minutesAfter: minutes("最多续看 120 分钟", "At most 120 minutes after").default(15),
});

/** The machine's track and readings around its alarm, the oldest first. */
export const alarmPlayback = z
  .object({
    /** The chip that was in the machine; null: the alarm is about none. */
    chipId: z.string().nullable(),
    occurredAt: z.iso.datetime(),
    ...playedTime,
  })
  .meta({ id: "AlarmPlayback" });
export type AlarmPlayback = z.infer<typeof alarmPlayback>;
