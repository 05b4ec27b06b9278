import { VirtualClock } from "@hanyouxu/protocol";
import { expect, test } from "vitest";
import { isTimeToReload, reloadNightly } from "./nightly-reload.ts";

const HOUR_MS = 3_600_000;
const at = (text: string) => Date.parse(`${text}+08:00`);

test("a page is loaded anew between three and five at night, once", () => {
  const loadedAtMs = at("2026-11-23T09:00:00");
  expect(isTimeToReload(loadedAtMs, at("2026-11-24T02:59:59"))).toBe(false);
  expect(isTimeToReload(loadedAtMs, at("2026-11-24T03:00:00"))).toBe(true);
  expect(isTimeToReload(loadedAtMs, at("2026-11-24T04:59:59"))).toBe(true);
  expect(isTimeToReload(loadedAtMs, at("2026-11-24T05:00:00"))).toBe(false);
  expect(isTimeToReload(at("2026-11-24T03:00:00"), at("2026-11-24T04:30:00"))).toBe(false);
  expect(isTimeToReload(at("2026-11-24T03:00:00"), at("2026-11-25T03:00:30"))).toBe(true);
  expect(isTimeToReload(at("2026-11-24T02:00:00"), at("2026-11-24T03:00:30"))).toBe(true);
});

test("it waits while the platform does not answer, until the next night if need be", () => {
  const clock = new VirtualClock(at("2026-11-23T23:00:00"));
  let isAnswered = false;
  const reloadedAtMs: number[] = [];
  reloadNightly(
    clock,
    () => isAnswered,
    () => reloadedAtMs.push(clock.nowMs()),
  );
  clock.advance(5 * HOUR_MS);
  expect(reloadedAtMs).toEqual([]);
  isAnswered = true;
  clock.advance(60_000);
  expect(reloadedAtMs).toEqual([at("2026-11-24T04:01:00")]);
});

test("it stops when the wall is left", () => {
  const clock = new VirtualClock(at("2026-11-23T23:00:00"));
  let isReloaded = false;
  const stop = reloadNightly(
    clock,
    () => true,
    () => {
      isReloaded = true;
    },
  );
  stop();
  clock.advance(24 * HOUR_MS);
  expect(isReloaded).toBe(false);
});
