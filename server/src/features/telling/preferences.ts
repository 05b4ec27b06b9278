import type { Language, MessageChannel, MessageSeverity } from "@hanyouxu/api";
import type { ChannelsBySeverity } from "../../db/tables/telling.ts";
import type { QuietHours } from "./quiet-hours.ts";

export interface TellingPreferences {
  channels: Readonly<ChannelsBySeverity>;
  quiet: QuietHours | null;
  language: Language;
}

/** Of somebody who has chosen nothing. */
export const defaultPreferences: TellingPreferences = {
  channels: { notice: ["push"], warning: ["push", "email"], danger: ["push", "sms", "voice"] },
  quiet: { from: "22:00", until: "07:00" },
  language: "zh-CN",
};

/**
 * The channels that a message goes out by: those chosen that reach the person. A danger that none of them reaches goes by
 * any that does.
 * @param reaches channels that are configured and have somewhere to send to
 */
export function channelsFor(
  { channels }: Pick<TellingPreferences, "channels">,
  severity: MessageSeverity,
  reaches: readonly MessageChannel[],
): MessageChannel[] {
  const chosen = reaches.filter((channel) => channels[severity].includes(channel));
  return severity === "danger" && chosen.length === 0 ? [...reaches] : chosen;
}
