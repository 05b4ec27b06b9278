import { expect, test } from "vitest";
import { deviceName } from "./device-name.ts";

test("a browser is told from those it pretends to be", () => {
  const chrome =
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36";
  expect(deviceName(chrome)).toBe("Chrome · Android");
  expect(deviceName(`${chrome} MicroMessenger/8.0`)).toBe("WeChat 微信 · Android");
  expect(deviceName("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0")).toBe(
    "Edge · Windows",
  );
  expect(deviceName("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1")).toBe(
    "Safari · iOS",
  );
});

test("what nobody knows is shown, shortened", () => {
  expect(deviceName("curl/8.0")).toBe("curl/8.0");
  expect(deviceName("x".repeat(200))).toHaveLength(40);
});
