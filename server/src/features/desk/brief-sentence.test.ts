import { expect, test } from "vitest";
import { type BriefFacts, briefText, briefTone } from "./brief-sentence.ts";
import { briefTemplates } from "./brief-templates.ts";

const template = (measure: string) => briefTemplates.find((one) => one.measure === measure)!;
const told = (value: number | null, isWithheld = false) => ({ value, isWithheld });
const facts = (figure: BriefFacts["figure"], compared: BriefFacts["compared"], digits = 0): BriefFacts => ({
  day: "2026-03-08",
  comparedDay: "2026-03-01",
  figure,
  compared,
  digits,
});

test("a figure is told with its days, what it is compared with and by how much", () => {
  const more = briefText(template("sessions"), facts(told(1_200), told(1_000)));
  expect(more.zh).toBe("2026-03-08 焊接作业 1,200 次，比上周同日（2026-03-01）的 1,000 多 20.0%。");
  expect(more.en).toBe(
    "2026-03-08: 1,200 work sessions, 20.0% more than the 1,000 of the same day last week (2026-03-01).",
  );
  const shorter = briefText(template("closureMinutes"), facts(told(15), told(30), 1));
  expect(shorter.zh).toContain("平均用时 15.0 分钟，比上周同日（2026-03-01）的 30.0 短 50.0%");
  expect(briefText(template("refusals"), facts(told(3), told(3))).zh).toContain(
    "，与上周同日（2026-03-01）相同",
  );
  expect(briefText(template("refusals"), facts(told(3), told(0))).en).toContain(", none on the same day");
});

test("nothing is made up: nothing to compare, nothing counted and nothing to divide by are said", () => {
  expect(briefText(template("sessions"), facts(told(2), undefined)).zh).toContain("没有数据，不作比较");
  expect(briefText(template("closureMinutes"), facts(told(null), told(30))).zh).toContain("没有闭环用时");
  expect(briefText(template("alarmsRaised"), facts(told(0), told(0))).zh).toBe(
    "2026-03-08 没有产生预警，与上周同日（2026-03-01）相同。",
  );
  const few = briefText(template("certificatesExpiring"), facts(told(null, true), undefined));
  expect(few.zh).toBe("今后 30 天有几本操作证到期（人数过少，不显示）。");
});

test("only what one wants more or fewer of is called better or worse", () => {
  expect(briefTone(template("alarmsRaised"), facts(told(2), told(4)))).toBe("better");
  expect(briefTone(template("alarmsRaised"), facts(told(4), told(2)))).toBe("worse");
  expect(briefTone(template("sessions"), facts(told(4), told(2)))).toBe("neutral");
  expect(briefTone(template("alarmsRaised"), facts(told(4), undefined))).toBe("neutral");
});

test("every sentence has a place for its figure in both languages", () => {
  for (const { said, none } of briefTemplates) {
    for (const language of ["zh", "en"] as const) {
      expect(said[language]).toContain("{n}");
      expect(none[language]).not.toContain("{");
    }
  }
});
