import type { AlarmSummary } from "@hanyouxu/api";
import { expect, test } from "vitest";
import { WaitingAlarms } from "./waiting-alarms.ts";

const alarm = (alarmId: string, severity: AlarmSummary["severity"], revision = 1) =>
  ({ alarmId, severity, revision }) as AlarmSummary;

test("takes dangers before all, the rest as it came, each once and as it now is", () => {
  const waiting = new WaitingAlarms();
  waiting.add(alarm("n1", "notice"));
  waiting.add(alarm("w1", "warning"));
  waiting.add(alarm("w2", "warning"));
  waiting.add(alarm("d1", "danger"));
  waiting.add(alarm("w1", "warning", 2));
  const names = (most: number) => waiting.take(most).map(({ alarmId, revision }) => `${alarmId}/${revision}`);
  expect(names(2)).toEqual(["d1/1", "w1/2"]);
  expect(waiting.counts()).toEqual({ danger: 0, warning: 1, notice: 1 });
  waiting.add(alarm("d2", "danger"));
  expect(names(10)).toEqual(["d2/1", "w2/1", "n1/1"]);
  expect(names(10)).toEqual([]);
});
