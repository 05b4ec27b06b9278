import { describe, expect, test } from "vitest";
import { placesOf, render, requireWords, wordsOf } from "./render.ts";
import { type TemplateName, templates, vocabularies } from "./templates.ts";

const names = Object.keys(templates) as TemplateName[];

describe.each(names)("the template %s", (name) => {
  test("has places for the same words in both languages, from vocabularies that there are", () => {
    const inLanguage = (language: "zh-CN" | "en") => {
      const { title, body } = templates[name][language];
      return [...placesOf(title), ...placesOf(body)];
    };
    const words = (language: "zh-CN" | "en") =>
      [...new Set(inLanguage(language).map(({ word }) => word))].sort();
    expect(words("zh-CN")).toEqual(words("en"));
    for (const { vocabulary } of [...inLanguage("zh-CN"), ...inLanguage("en")]) {
      if (vocabulary !== undefined) expect(vocabularies).toHaveProperty(vocabulary);
    }
  });

  test("leaves no place unfilled", () => {
    const filled = Object.fromEntries(wordsOf(name).map((word) => [word, "x"]));
    requireWords(name, filled);
    for (const language of ["zh-CN", "en"] as const) {
      const { title, body } = render(name, filled, language);
      expect(title + body).not.toMatch(/[{}]/);
      expect(title.length).toBeGreaterThan(0);
    }
  });
});

test("codes are shown by their text, and as they are where there is none", () => {
  const words = { kind: "gas-cut", machine: "演示焊机", place: "演示路" };
  expect(render("alarm-raised", words, "zh-CN").title).toBe("预警：可燃气体断电");
  expect(render("alarm-raised", { ...words, kind: "new-kind" }, "en").title).toBe("Alarm: new-kind");
});

test("a template of a newer server is shown by its name", () => {
  expect(render("of-next-year", {}, "en")).toEqual({ title: "of-next-year", body: "" });
});
