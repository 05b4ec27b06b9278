import type { CommandHeader } from "@hanyouxu/protocol";
import type { ReplayMemory } from "../state.ts";

export const REMEMBERED_COMMANDS = 64;

/** True when the command was answered before, or so many were since that it may have been. */
export function isReplayed(memory: ReplayMemory, command: CommandHeader): boolean {
  return (
    command.acceptBySeconds <= memory.floorSeconds ||
    memory.ids.some((known) => known.commandId === command.commandId)
  );
}

/**
 * Remembers a command that has been answered, refused ones too: what was refused as busy must not work later. When the
 * memory is full, the id whose time ends first goes, and that time becomes the floor: forgetting never re-opens a door.
 */
export function remember(memory: ReplayMemory, command: CommandHeader): ReplayMemory {
  const { commandId, acceptBySeconds } = command;
  const ids = [...memory.ids, { commandId, acceptBySeconds }];
  if (ids.length <= REMEMBERED_COMMANDS) return { ...memory, ids };
  const earliest = Math.min(...ids.map((known) => known.acceptBySeconds));
  return {
    ids: ids.filter((known) => known.acceptBySeconds > earliest),
    floorSeconds: Math.max(memory.floorSeconds, earliest),
  };
}
