import type { FigureCondition } from "@hanyouxu/api";
import { expect, test } from "vitest";
import { type FigureState, stepFigure } from "./step-figure.ts";

/** Days and values one after another: on which it was told. */
function toldOf(
  condition: FigureCondition,
  threshold: number,
  looks: readonly [day: string, value: number | null][],
) {
  let state: FigureState = { isBeyond: false, toldOn: null };
  return looks.flatMap(([day, value], at) => {
    const { isTold, ...next } = stepFigure({ condition, threshold }, state, value, day);
    state = next;
    return isTold ? [`${at}:${day}`] : [];
  });
}

test("a figure that hovers about its threshold is told once, until it was back by a tenth", () => {
  const day = "2026-03-01";
  const looks = [8, 11, 10, 9.5, 11, 10.5].map((value) => [day, value] as [string, number]);
  expect(toldOf("above", 10, looks)).toEqual(["1:2026-03-01"]);
  expect(toldOf("above", 10, [...looks, [day, 9], ["2026-03-02", 12]])).toEqual([
    "1:2026-03-01",
    "7:2026-03-02",
  ]);
});

test("it is told once a day, and the day after if it is still beyond after having been back", () => {
  const looks: [string, number][] = [
    ["2026-03-01", 11],
    ["2026-03-01", 1],
    ["2026-03-01", 11],
    ["2026-03-02", 11],
    ["2026-03-02", 11],
  ];
  expect(toldOf("above", 10, looks)).toEqual(["0:2026-03-01", "3:2026-03-02"]);
});

test("below and changed are judged in their own direction", () => {
  expect(
    toldOf("below", 10, [
      ["2026-03-01", 10],
      ["2026-03-02", 9],
      ["2026-03-03", 10.5],
      ["2026-03-04", 9],
    ]),
  ).toEqual(["1:2026-03-02"]);
  expect(
    toldOf("below", 10, [
      ["2026-03-02", 9],
      ["2026-03-03", 11],
      ["2026-03-04", 9],
    ]),
  ).toEqual(["0:2026-03-02", "2:2026-03-04"]);
  expect(
    toldOf("changed", 20, [
      ["2026-03-01", -19],
      ["2026-03-02", -20],
      ["2026-03-03", 18],
      ["2026-03-04", 25],
    ]),
  ).toEqual(["1:2026-03-02", "3:2026-03-04"]);
});

test("what cannot be said changes nothing", () => {
  expect(
    toldOf("above", 10, [
      ["2026-03-01", 11],
      ["2026-03-02", null],
      ["2026-03-02", 11],
    ]),
  ).toEqual(["0:2026-03-01"]);
});
