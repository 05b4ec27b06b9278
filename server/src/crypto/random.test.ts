import { VirtualClock } from "@hanyouxu/protocol";
import { expect, test } from "vitest";
import { systemRandom, uuidV7 } from "./random.ts";

test("ids are UUIDv7 of the injected clock, ordered by it, all different", () => {
  const clock = new VirtualClock(Date.UTC(2026, 2, 1));
  const newId = uuidV7(clock, systemRandom);
  const now = Array.from({ length: 1_000 }, newId);
  expect(new Set(now).size).toBe(1_000);
  for (const id of now) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(clock.nowMs());
  }
  clock.advance(1);
  const later = newId();
  expect(now.every((id) => id < later)).toBe(true);
});
