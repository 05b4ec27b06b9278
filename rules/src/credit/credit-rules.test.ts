import { expect, test } from "vitest";
import { alarmKinds } from "../alarm/alarm-kinds.ts";
import {
  bookedPoints,
  creditCauses,
  creditCauseTitle,
  creditOf,
  creditRuleFor,
  defaultCreditRules,
} from "./credit-rules.ts";

test("every cause has a title in both languages, and every kind of alarm is a cause", () => {
  for (const cause of creditCauses) {
    const { zh, en } = creditCauseTitle(cause);
    expect([zh, en].every((text) => text.length > 3)).toBe(true);
  }
  expect(creditCauses.filter((cause) => cause.startsWith("alarm:"))).toHaveLength(alarmKinds.length);
});

test("the default rules name each cause and holder once, and take nothing for lost signals", () => {
  const keys = defaultCreditRules.rules.map(({ cause, holder }) => `${cause} ${holder}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(creditRuleFor(defaultCreditRules, "alarm:chip-silent", "welder")).toBeUndefined();
});

test("training gives, everything else takes; points stay between none and all", () => {
  expect(bookedPoints({ cause: "training", points: 10 })).toBe(10);
  expect(bookedPoints({ cause: "alarm:tamper", points: 20 })).toBe(-20);
  expect([creditOf(0), creditOf(-30), creditOf(-130), creditOf(10)]).toEqual([100, 70, 0, 100]);
});
