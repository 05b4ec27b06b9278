import { parseChipId } from "./chip-id.ts";
import type { ChipId } from "./units.ts";

/** t telemetry, e events, a answers and hellos (all upward), d everything downward. */
export type UplinkChannel = "t" | "e" | "a";
export type Channel = UplinkChannel | "d";

const PREFIX = "hy1";

export function topicOf(chipId: ChipId, channel: Channel): string {
  return `${PREFIX}/${chipId}/${channel}`;
}

/** The parts of a topic of ours, or undefined for any other. */
export function parseTopic(topic: string): { chipId: ChipId; channel: Channel } | undefined {
  const parts = topic.split("/");
  const [prefix, id, channel] = parts;
  if (parts.length !== 3 || prefix !== PREFIX || !id) return undefined;
  const chipId = parseChipId(id);
  if (!chipId) return undefined;
  return channel === "t" || channel === "e" || channel === "a" || channel === "d"
    ? { chipId, channel }
    : undefined;
}
