import type { Position } from "@hanyouxu/protocol";
import { beforeEach, expect, test } from "vitest";
import { REPORT_EVERY_MS, WatchReporter } from "./watch-reporter.ts";

const at = (longitudeDegrees: number): Position => ({
  latitudeDegrees: 28.9,
  longitudeDegrees,
  accuracyMetres: 8,
});

let nowMs = 0;
let sent: (Position | null)[] = [];
let answer: Position | null = null;
let asked = 0;
let reporter: WatchReporter;

beforeEach(() => {
  nowMs = 0;
  sent = [];
  answer = null;
  asked = 0;
  reporter = new WatchReporter({
    nowMs: () => nowMs,
    ask: async () => {
      asked += 1;
      return answer;
    },
    send: async (position) => void sent.push(position),
  });
});

async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    nowMs += 1_000;
    await reporter.tick();
  }
}

test("the first place goes at once, later ones at most every 15 s, the newest of them", async () => {
  await reporter.hear(at(119.8));
  expect(sent).toEqual([at(119.8)]);
  for (let second = 1; second * 1_000 < REPORT_EVERY_MS; second++) {
    nowMs += 1_000;
    await reporter.hear(at(119.8 + second / 1_000));
  }
  expect(sent).toHaveLength(1);
  nowMs += 1_000;
  await reporter.hear(at(120));
  expect(sent).toEqual([at(119.8), at(120)]);
});

test("a phone that lies still and hears nothing is asked, and its answer is reported", async () => {
  answer = at(119.81);
  await reporter.hear(at(119.8));
  await pass(60);
  expect(sent).toEqual([at(119.8), at(119.8), at(119.81), at(119.81), at(119.81)]);
});

test("a phone that has lost its place reports that it does not know, never where it was", async () => {
  await reporter.hear(at(119.8));
  await pass(45);
  expect(sent.slice(2)).toEqual([null, null]);
});

test("an answer to a question does not wait for the clock", async () => {
  await reporter.hear(at(119.8));
  nowMs += 2_000;
  await reporter.reportNow();
  expect(sent).toHaveLength(2);
  expect(asked).toBe(0);
});
