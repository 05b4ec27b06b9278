import { expect, test } from "vitest";
import { industryName, industrySections } from "./industries.ts";

test("there are the 20 sections A to T and the 97 divisions, each once and in order", () => {
  expect(industrySections.map(({ code }) => code).join("")).toBe("ABCDEFGHIJKLMNOPQRST");
  const divisions = industrySections.flatMap((section) => section.divisions.map(([digits]) => digits));
  expect(divisions).toEqual(Array.from({ length: 97 }, (_, index) => String(index + 1).padStart(2, "0")));
});

test("a division has its name only under its own section", () => {
  expect(industryName("C33")).toEqual({ zh: "金属制品业", en: "Metal products" });
  expect(industryName("C")?.zh).toBe("制造业");
  expect(industryName("E47")?.zh).toBe("房屋建筑业");
  for (const code of ["B33", "33", "C00", "U", "C330", "", "c33"]) expect(industryName(code)).toBeUndefined();
});
