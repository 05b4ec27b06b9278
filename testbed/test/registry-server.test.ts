import { afterAll, beforeAll, expect, test } from "vitest";
import { type RegistryServer, startRegistryServer } from "../src/index.ts";

const held = {
  family: "emergency",
  number: "T-demo-1",
  item: "brazing",
  name: "演示",
  identityNumber: "demo-1",
  validFrom: "2024-05-01",
  validTo: "2030-04-30",
  reviewDueOn: null,
  status: "valid",
} as const;
let today = "2026-11-23";
let registry: RegistryServer;
beforeAll(async () => {
  registry = await startRegistryServer([held], { token: "t".repeat(24), today: () => today });
});
afterAll(() => registry?.stop());

async function ask(change: object = {}, token = registry.token) {
  const { status: _, ...question } = { ...held, ...change };
  const response = await fetch(`${registry.url}/v1/certificates/check`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(question),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

test("the demonstration's registry knows what it holds, on every day of its validity, and says that it is made up", async () => {
  today = held.validTo;
  expect(await ask()).toMatchObject({ status: 200, outcome: "valid", differs: [] });
  expect(JSON.stringify(await ask())).toContain("演示");
  today = "2030-05-01";
  expect(await ask()).toMatchObject({ outcome: "expired" });
  today = "2026-11-23";
});

test("it names the fields that differ and not how", async () => {
  expect(await ask({ number: "T-demo-2" })).toMatchObject({ outcome: "not-found" });
  expect(await ask({ item: "pressure-welding" })).toMatchObject({ outcome: "mismatch", differs: ["item"] });
  const wrong = await ask({ name: "演示乙", validTo: "2031-04-30" });
  expect(wrong).toMatchObject({ outcome: "mismatch", differs: ["name", "validTo"] });
  expect(JSON.stringify(wrong)).not.toContain(held.validTo);
});

test("it learns, revokes, refuses a wrong token, and can be away", async () => {
  registry.add({ ...held, number: "T-demo-3", status: "revoked" });
  expect(await ask({ number: "T-demo-3" })).toMatchObject({ outcome: "revoked" });
  const before = registry.asked();
  expect((await ask({}, "wrong")).status).toBe(401);
  registry.setDown(true);
  expect((await ask()).status).toBe(503);
  registry.setDown(false);
  expect(registry.asked()).toBe(before);
  expect((await ask()).status).toBe(200);
});
