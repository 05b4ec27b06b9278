import { expect, test } from "vitest";
import { siteCodeIn } from "./site-code-in.ts";

test("the address of a site code holds its code, on any host of the platform", () => {
  expect(siteCodeIn("https://hy.example/m/#/watch/AbC-123_xyz.sig")).toBe("AbC-123_xyz.sig");
  expect(siteCodeIn(" http://127.0.0.1:8080/m/#/watch/0123456789%2B ")).toBe("0123456789+");
});

test("the label of a machine, another page and another site's address are no site code", () => {
  for (const text of [
    "https://hy.example/c/ABCD1234EFGH5678",
    "https://hy.example/m/#/machine/ABCD1234EFGH5678",
    "https://hy.example/m/#/watch/short",
    "https://hy.example/m/#/site/ABCDEFGHJKLMNPQRSTUV",
    "https://example.org/a-poster",
    "AbC-123_xyz.sig",
  ]) {
    expect([text, siteCodeIn(text)]).toEqual([text, undefined]);
  }
});
