import { expect, test } from "vitest";
import { partOf } from "./pmtiles-file.ts";

test("a part is cut to the file's end", () => {
  expect(partOf("bytes=0-126", 1000)).toEqual({ start: 0, end: 126 });
  expect(partOf("bytes=900-2000", 1000)).toEqual({ start: 900, end: 999 });
});

test.each([
  undefined,
  "",
  "bytes=-5",
  "bytes=5-",
  "bytes=7-3",
  "bytes=1000-1001",
  "bytes=0-1,3-4",
  "items=0-1",
])("%s is no part of a thousand bytes", (range) => {
  expect(partOf(range, 1000)).toBeUndefined();
});

test("a part larger than a reader ever asks for is refused", () => {
  expect(partOf("bytes=0-99999999", 1e9)).toBeUndefined();
});
