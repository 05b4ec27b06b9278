import { expect, test } from "vitest";
import { createLogger } from "./log.ts";

const logged = (write: (log: ReturnType<typeof createLogger>) => void): string => {
  const lines: string[] = [];
  write(createLogger("info", { write: (line) => void lines.push(line) }));
  return lines.join("");
};

test("personal data and secrets under their names are redacted, at the top and two levels down", () => {
  const text = logged((log) => {
    log.info({ phone: "13800138000" }, "a");
    log.info({ person: { phone: "13800138000", identityNumber: "330723199001011234" } }, "b");
    log.info({ a: { b: { password: "hunter2", token: "t0k3n", totp: "123456" } } }, "c");
    log.info({ req: { headers: { cookie: "hy_session=abc", authorization: "Bearer abc" } } }, "d");
    log.info({ body: { code: "654321", name: "演示张三" } }, "e");
  });
  for (const secret of ["13800138000", "330723", "hunter2", "t0k3n", "123456", "abc", "654321", "演示张三"]) {
    expect(text).not.toContain(secret);
  }
});

test("an error shows its cause and its SQL code, not the values that the database quotes", () => {
  const error = Object.assign(new Error("duplicate key"), {
    code: "23505",
    detail: "Key (phone)=(13800138000) exists",
  });
  const text = logged((log) => log.error({ err: new Error("outer", { cause: error }) }, "failed"));
  expect(text).toContain("23505");
  expect(text).toContain("duplicate key");
  expect(text).not.toContain("13800138000");
});
