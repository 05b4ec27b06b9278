import type { StatisticsAnswer, StatisticsMeasureInfo } from "@hanyouxu/api";
import { expect, test } from "vitest";
import { chartOption } from "./chart-option.ts";
import { changeText, figureText } from "./figures.ts";
import { rowsLink } from "./rows-link.ts";

const text = (word: string) => ({ zh: word, en: word });
const info = (measure: StatisticsMeasureInfo["measure"], unit: StatisticsMeasureInfo["unit"] = "count") => ({
  measure,
  title: text(measure),
  meaning: text(""),
  unit,
  digits: 0,
  needs: [],
  dimensions: [],
  isOfPeople: false,
  isStock: false,
});
const answerOf = (part: Partial<StatisticsAnswer>): StatisticsAnswer => ({
  period: { from: "2026-02-27", to: "2026-03-01" },
  previousPeriod: null,
  dimensions: ["day"],
  measures: ["sessions"],
  rows: [],
  totals: [],
  rowsLeftOut: 0,
  smallestCount: 5,
  countedAt: "2026-03-01T00:00:00Z",
  ...part,
});
const key = (value: string) => ({ value, title: text(value) });
const figure = (value: number | null, isWithheld = false) => ({ value, isWithheld });
const words = { word: ({ en }: { en: string }) => en, before: "before" };

test("lines of several kinds have every day of the period, nought where nothing was and a gap where it is withheld", () => {
  const option = chartOption(
    answerOf({
      dimensions: ["day", "process"],
      rows: [
        { keys: [key("2026-02-28"), key("SMAW")], figures: [figure(3)] },
        { keys: [key("2026-03-01"), key("SMAW")], figures: [figure(null, true)] },
      ],
    }),
    [info("sessions")],
    words,
  );
  expect(option?.xAxis).toMatchObject({ data: ["2026-02-27", "2026-02-28", "2026-03-01"] });
  expect(option?.series).toMatchObject([{ type: "line", name: "SMAW", data: [0, 3, null] }]);
});

test("measures of another unit than the first's are left to the table; the period before is drawn dashed", () => {
  const option = chartOption(
    answerOf({
      previousPeriod: { from: "2026-02-24", to: "2026-02-26" },
      measures: ["sessions", "arcShare"],
      rows: [{ keys: [key("2026-02-27")], figures: [{ ...figure(2), previous: figure(1) }, figure(50)] }],
    }),
    [info("sessions"), info("arcShare", "percent")],
    words,
  );
  expect(option?.series).toMatchObject([
    { name: "sessions", data: [2], lineStyle: { type: "solid" } },
    { name: "sessions · before", data: [1], lineStyle: { type: "dashed" } },
  ]);
  expect(chartOption(answerOf({ dimensions: [] }), [info("sessions")], words)).toBeUndefined();
});

const everything = { filters: {} };
test("a figure leads to its rows where a list can be narrowed to them", () => {
  const answer = answerOf({ dimensions: ["month", "county"] });
  const row = { keys: [key("2026-02"), key("330723")] };
  expect(rowsLink(answer, row, "refusals", everything)?.to).toBe(
    "/decisions?from=2026-02-27&to=2026-02-28&outcome=refuse&region=330723",
  );
  expect(rowsLink(answer, row, "certificatesExpiring", everything)).toBeUndefined();
  const byProcess = answerOf({ dimensions: ["process"] });
  expect(rowsLink(byProcess, { keys: [key("SMAW")] }, "sessions", everything)).toBeUndefined();
  // Nor where the list cannot be narrowed as the question is.
  expect(rowsLink(answer, row, "refusals", { filters: { process: ["SMAW"] } })).toBeUndefined();
  const alarms = (kinds: string[]) =>
    rowsLink(answer, row, "alarmsRaised", { filters: { alarmKind: kinds } })?.to;
  expect(alarms(["tamper"])).toMatch(/kind=tamper&region=330723$/);
  expect(alarms(["tamper", "gas-cut"])).toBeUndefined();
});

test("changes are told in percent, of shares in points, and not at all where nothing can be said", () => {
  const count = info("sessions");
  expect(changeText({ ...figure(3), previous: figure(2) }, count)).toBe("+50.0%");
  expect(changeText({ ...figure(3), previous: figure(0) }, count)).toBeUndefined();
  expect(changeText({ ...figure(3), previous: figure(null, true) }, count)).toBeUndefined();
  expect(changeText({ ...figure(40), previous: figure(45) }, info("arcShare", "percent"))).toBe("−5.0 pp");
  expect([
    figureText(figure(1234), count),
    figureText(figure(null), count),
    figureText(figure(null, true), count),
  ]).toEqual(["1,234", "–", undefined]);
});
