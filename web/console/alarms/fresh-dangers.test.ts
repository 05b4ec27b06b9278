import { expect, test } from "vitest";
import { FreshDangers } from "./fresh-dangers.ts";

const danger = (alarmId: string, raisedCount = 1) => ({ alarmId, raisedCount });

test("what was open when the desk was opened calls nobody", () => {
  expect(new FreshDangers().look([danger("a"), danger("b")])).toEqual([]);
});

test("a new danger calls once, however often it is listed", () => {
  const fresh = new FreshDangers();
  fresh.look([danger("a")]);
  expect(fresh.look([danger("b"), danger("a")])).toEqual([danger("b")]);
  expect(fresh.look([danger("b"), danger("a")])).toEqual([]);
});

test("a danger that was left out of one list and comes back calls nobody", () => {
  const fresh = new FreshDangers();
  fresh.look([danger("a")]);
  fresh.look([]);
  expect(fresh.look([danger("a")])).toEqual([]);
});

test("a danger that is raised once more calls again", () => {
  const fresh = new FreshDangers();
  fresh.look([]);
  fresh.look([danger("a")]);
  expect(fresh.look([danger("a", 2)])).toEqual([danger("a", 2)]);
});
