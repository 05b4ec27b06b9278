import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import consoleEn from "../i18n/console-en.ts";
import consoleZh from "../i18n/console-zh-cn.ts";
import mobileEn from "../i18n/mobile-en.ts";
import mobileZh from "../i18n/mobile-zh-cn.ts";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");

function flatten(text: object, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(text)) {
    const key = prefix ? `${prefix}.${name}` : name;
    if (typeof value === "string") found.set(key, value);
    else for (const [inner, words] of flatten(value, key)) found.set(inner, words);
  }
  return found;
}

const chinese = new Map([...flatten(mobileZh), ...flatten(consoleZh)]);
const english = new Map([...flatten(mobileEn), ...flatten(consoleEn)]);

function sources(folder: string): string[] {
  return readdirSync(join(web, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .map((file) => readFileSync(join(web, folder, file), "utf8"));
}

const code = ["console", "mobile", "ui", "map", "live"].flatMap(sources).join("\n");

/** Keys named whole, and patterns of those put together: `common.state.${state}` → /^common\.state\.[^.]+$/. */
const named = new Set(
  [...code.matchAll(/["'](?=(?:common|mobile|console)\.)([\w.-]+)["']/g)].map((match) => match[1]!),
);
const patterns = [...code.matchAll(/`((?:common|mobile|console)\.[^`]*\$\{[^`]*)`/g)].map(
  (match) =>
    new RegExp(
      `^${match[1]!
        .replaceAll(".", "\\.")
        .split(/\$\{[^}]*\}/)
        .join("[^.]+")}$`,
    ),
);

test("both languages have the same keys", () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
});

test("both languages fill in the same values", () => {
  const holes = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  for (const [key, words] of chinese) expect([key, holes(english.get(key)!)]).toEqual([key, holes(words)]);
});

test("no text is empty and no English text holds Chinese, except the names of languages", () => {
  for (const [key, words] of [...chinese, ...english]) expect([key, words.trim()]).not.toEqual([key, ""]);
  const mixed = [...english].filter(
    ([key, words]) => /\p{Script=Han}/u.test(words) && key !== "common.switchLanguage",
  );
  expect(mixed).toEqual([]);
});

test("every key a page names exists", () => {
  expect([...named].filter((key) => !chinese.has(key))).toEqual([]);
});

test("every text is used by a page", () => {
  const unused = [...chinese.keys()].filter(
    (key) => !named.has(key) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});

test("no page holds words of its own", () => {
  const strings = [
    ...code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$|\{\/\*[\s\S]*?\*\/\}/gm, "").matchAll(/[\p{Script=Han}]+/gu),
  ];
  expect(
    strings.map((match) => match[0]).filter((words) => words !== "简体中文" && words !== "微信"),
  ).toEqual([]);
});
