import type { AlarmSummary } from "@hanyouxu/api";
import { expect, test } from "vitest";
import { ToldAlarms } from "./told-alarms.ts";

const alarm = (alarmId: string, revision = 1) => ({ alarmId, revision }) as AlarmSummary;
const shown = (told: ToldAlarms) => told.recent().map(({ alarmId, revision }) => `${alarmId}${revision}`);

test("each alarm is kept once, as it was told last, for half a minute", () => {
  const told = new ToldAlarms();
  const seen: string[][] = [];
  told.subscribe(() => seen.push(shown(told)));
  told.take([alarm("a"), alarm("b")], 0);
  told.take([alarm("a", 2)], 20_000);
  // Told twice, the older one last: two servers, or two readings at once.
  told.take([alarm("a", 1)], 21_000);
  told.take([alarm("c")], 40_000);
  expect(seen).toEqual([
    ["a1", "b1"],
    ["b1", "a2"],
    ["b1", "a2"],
    ["a2", "c1"],
  ]);
});

test("without news the same array comes again, and nothing is said", () => {
  const told = new ToldAlarms();
  told.take([alarm("a")], 0);
  const before = told.recent();
  let said = 0;
  told.subscribe(() => said++);
  told.take([], 1_000);
  expect([told.recent() === before, said]).toEqual([true, 0]);
});

test("who is told nothing any more knows nothing", () => {
  const told = new ToldAlarms();
  told.take([alarm("a")], 0);
  told.forget();
  expect(told.recent()).toEqual([]);
});

test("in a storm only the newest are kept", () => {
  const told = new ToldAlarms();
  told.take(
    Array.from({ length: 2_500 }, (_, n) => alarm(`${n}.`)),
    0,
  );
  expect(shown(told)).toHaveLength(2_000);
  expect(shown(told).at(-1)).toBe("2499.1");
});
