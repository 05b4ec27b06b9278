import { expect, test } from "vitest";
import { type AttemptPorts, attemptKey, endAttempt } from "./start-attempt.ts";

function ports(): AttemptPorts & { atMs: number } {
  const stored = new Map<string, string>();
  let made = 0;
  return {
    atMs: 0,
    nowMs() {
      return this.atMs;
    },
    newKey: () => `attempt-${++made}`,
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
  };
}

test("a retry of the same machine has the same key until an answer came", () => {
  const phone = ports();
  expect(attemptKey(phone, "A")).toBe("attempt-1");
  expect(attemptKey(phone, "A")).toBe("attempt-1");
  endAttempt(phone);
  expect(attemptKey(phone, "A")).toBe("attempt-2");
});

test("another machine is another attempt", () => {
  const phone = ports();
  attemptKey(phone, "A");
  expect(attemptKey(phone, "B")).toBe("attempt-2");
});

test("after ten minutes an unanswered attempt is forgotten", () => {
  const phone = ports();
  attemptKey(phone, "A");
  phone.atMs = 10 * 60_000 - 1;
  expect(attemptKey(phone, "A")).toBe("attempt-1");
  phone.atMs += 1;
  expect(attemptKey(phone, "A")).toBe("attempt-2");
});
