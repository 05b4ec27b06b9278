import { z } from "zod";
import { bilingual } from "./language.ts";

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

/** What a chip measured at an instant; null where it could not. */
export const playedSample = z
  .object({
    at: z.iso.datetime(),
    /** WGS-84 degrees. */
    place: z.object({ latitudeDegrees: z.number(), longitudeDegrees: z.number() }).nullable(),
    speedMetresPerSecond: z.number().nullable(),
    currentAmps: z.number(),
    temperatureCelsius: z.number().nullable(),
    gasLelPercent: z.number().nullable(),
    relayClosed: z.boolean(),
  })
  .meta({ id: "PlayedSample" });
export type PlayedSample = z.infer<typeof playedSample>;

/** The machine's track and readings around its alarm, the oldest first. */
export const alarmPlayback = z
  .object({
    /** The chip that was in the machine; null: the alarm is about none. */
    chipId: z.string().nullable(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    occurredAt: z.iso.datetime(),
    samples: z.array(playedSample),
    /** Of how many: of several close together the one with most gas, then most current stands for all. */
    measured: z.int(),
  })
  .meta({ id: "AlarmPlayback" });
export type AlarmPlayback = z.infer<typeof alarmPlayback>;
