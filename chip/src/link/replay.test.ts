import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReplayMemory } from "../state.ts";
import { isReplayed, REMEMBERED_COMMANDS, remember } from "./replay.ts";

const command = fc.record({
  commandId: fc.integer({ min: 0, max: 400 }).map((id) => id.toString(16).padStart(16, "0")),
  acceptBySeconds: fc.integer({ min: 1, max: 200 }),
});

describe("the memory of answered commands", () => {
  it("never takes a command twice, however many came between", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 400 }), (commands) => {
        let memory: ReplayMemory = { ids: [], floorSeconds: 0 };
        const taken = new Set<string>();
        const windows = new Map<string, number>();
        for (const { commandId, acceptBySeconds } of commands) {
          const header = {
            commandId,
            // An id belongs to one signed command, and that has one window.
            acceptBySeconds: windows.get(commandId) ?? acceptBySeconds,
            audience: "" as never,
            expectedStateVersion: null,
          };
          windows.set(commandId, header.acceptBySeconds);
          if (isReplayed(memory, header)) continue;
          expect(taken.has(commandId)).toBe(false);
          taken.add(commandId);
          memory = remember(memory, header);
          expect(memory.ids.length).toBeLessThanOrEqual(REMEMBERED_COMMANDS);
        }
      }),
    );
  });

  it("forgets the ids whose time ends first", () => {
    let memory: ReplayMemory = { ids: [], floorSeconds: 0 };
    for (let index = 0; index <= REMEMBERED_COMMANDS; index++) {
      memory = remember(memory, {
        commandId: String(index),
        acceptBySeconds: 1000 - index,
        audience: "" as never,
        expectedStateVersion: null,
      });
    }
    expect(memory.floorSeconds).toBe(1000 - REMEMBERED_COMMANDS);
    expect(memory.ids).toHaveLength(REMEMBERED_COMMANDS);
    expect(memory.ids.some((known) => known.commandId === "0")).toBe(true);
  });
});
