import { expect, test } from "vitest";
import { chineseDocument, wrapText } from "./chinese-document.ts";

function lines(text: string, widthPoints: number): string[] {
  const document = chineseDocument("演示");
  document.addPage();
  document.font("chinese").fontSize(10);
  return wrapText(document, text, widthPoints);
}

test("Chinese is broken where a line is full, its marks hang over the edge, and no letter is lost", () => {
  const text = "一二三四，五六七八。九十";
  expect(lines(text, 41)).toEqual(["一二三四，", "五六七八。", "九十"]);
  expect(lines("一\n二", 200)).toEqual(["一", "二"]);
});

test("a Latin word stays whole, unless no line is long enough for it", () => {
  expect(lines("share of mobile work", 60)).toEqual(["share of ", "mobile work"]);
  const broken = lines("ABCDEFGHIJKLMNOPQRST", 60);
  expect(broken.length).toBeGreaterThan(1);
  expect(broken.join("")).toBe("ABCDEFGHIJKLMNOPQRST");
});
