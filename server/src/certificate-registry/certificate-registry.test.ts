import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { VirtualClock } from "@hanyouxu/protocol";
import { afterEach, describe, expect, test } from "vitest";
import { askingAgain } from "../outbound/asking-again.ts";
import { guarded } from "../outbound/breaker.ts";
import { Unreachable } from "../outbound/unreachable.ts";
import { cachingRegistry } from "./caching-registry.ts";
import type { CertificateRegistry, RegistryAnswer, RegistryQuestion } from "./certificate-registry.ts";
import { httpRegistry } from "./http-registry.ts";
import { registryOfConfig } from "./registry-of-config.ts";

const question: RegistryQuestion = {
  family: "emergency",
  number: "T-demo",
  item: "brazing",
  name: "演示",
  identityNumber: "demo",
  validFrom: "2024-05-01",
  validTo: "2030-04-30",
  reviewDueOn: null,
};
const valid: RegistryAnswer = { outcome: "valid", differs: [] };

/** Answers or fails as told, in order; the last stays. Counts. */
function scripted(...script: (RegistryAnswer | string)[]) {
  let asked = 0;
  const registry: CertificateRegistry = {
    isConfigured: true,
    async check() {
      const next = script[Math.min(asked++, script.length - 1)]!;
      if (typeof next === "string") throw new Unreachable("certificate registry", next);
      return next;
    },
  };
  return { registry, asked: () => asked };
}

const half = (length: number) => new Uint8Array(length).fill(0x80);
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("asking a registry again", () => {
  const rule = { attempts: 3, firstPauseMs: 1_000, longestPauseMs: 1_500 };

  test("waits a drawn part of a bound that doubles up to its longest", async () => {
    const clock = new VirtualClock(0);
    const { registry, asked } = scripted("timeout", "http-503", valid);
    const answer = askingAgain(registry.check, { clock, random: half }, rule)(question);
    await settle();
    expect([asked(), clock.nextDueMs()]).toEqual([1, expect.closeTo(501.96, 1)]);
    clock.advance(502);
    await settle();
    expect([asked(), clock.nextDueMs()]).toEqual([2, expect.closeTo(502 + 752.9, 0)]);
    clock.advance(800);
    expect(await answer).toEqual(valid);
  });

  test("gives up after its attempts, with the last reason", async () => {
    const clock = new VirtualClock(0);
    const { registry, asked } = scripted("timeout");
    const zero = (length: number) => new Uint8Array(length);
    const answer = askingAgain(registry.check, { clock, random: zero }, rule)(question);
    const failed = expect(answer).rejects.toThrow("timeout");
    for (let round = 0; round < 6; round++) {
      await settle();
      clock.advance(0);
    }
    await failed;
    expect(asked()).toBe(3);
  });

  test.each(["http-400", "http-401", "http-404"])("does not repeat what %s refused", async (reason) => {
    const { registry, asked } = scripted(reason);
    const retrying = askingAgain(registry.check, { clock: new VirtualClock(0), random: half }, rule);
    await expect(retrying(question)).rejects.toThrow(reason);
    expect(asked()).toBe(1);
  });
});

describe("the breaker before a registry", () => {
  const breaker = { what: "certificate registry", failures: 2, openMs: 30_000 };

  test("opens after failures in a row, tries one after a while, and closes on an answer", async () => {
    const clock = new VirtualClock(0);
    const { registry, asked } = scripted("timeout", "timeout", "timeout", valid);
    const check = guarded(registry.check, clock, breaker);
    for (let tries = 0; tries < 5; tries++) await expect(check(question)).rejects.toThrow();
    expect(asked()).toBe(2);
    await expect(check(question)).rejects.toThrow("breaker-open");
    clock.advance(30_000);
    // One tries; whoever comes meanwhile is not made to wait.
    const both = await Promise.allSettled([check(question), check(question)]);
    expect(both.map((one) => one.status)).toEqual(["rejected", "rejected"]);
    expect(asked()).toBe(3);
    clock.advance(29_999);
    await expect(check(question)).rejects.toThrow("breaker-open");
    clock.advance(1);
    expect(await check(question)).toEqual(valid);
    expect(await check(question)).toEqual(valid);
  });

  test("an answer between failures starts the count again", async () => {
    const { registry, asked } = scripted("timeout", valid, "timeout", valid);
    const check = guarded(registry.check, new VirtualClock(0), breaker);
    for (let tries = 0; tries < 4; tries++) await check(question).catch(() => {});
    expect(asked()).toBe(4);
  });
});

describe("the memory before a registry", () => {
  const rule = { validMs: 60_000, otherMs: 10_000, entries: 2 };

  test("keeps a good answer long, another one shortly, and no failure", async () => {
    const clock = new VirtualClock(0);
    const missing: RegistryAnswer = { outcome: "not-found", differs: [] };
    const { registry, asked } = scripted("timeout", missing, valid);
    const caching = cachingRegistry(registry, clock, rule);
    await expect(caching.check(question)).rejects.toThrow();
    expect(await caching.check(question)).toEqual(missing);
    clock.advance(9_999);
    expect(await caching.check(question)).toEqual(missing);
    clock.advance(1);
    expect(await caching.check(question)).toEqual(valid);
    clock.advance(59_999);
    expect(await caching.check(question)).toEqual(valid);
    expect(asked()).toBe(3);
    clock.advance(1);
    await caching.check(question);
    expect(asked()).toBe(4);
  });

  test("tells questions apart by every field, and forgets the oldest", async () => {
    const { registry, asked } = scripted(valid);
    const caching = cachingRegistry(registry, new VirtualClock(0), rule);
    for (const validTo of ["2030-04-30", "2031-04-30", "2032-04-30", "2030-04-30"])
      await caching.check({ ...question, validTo });
    expect(asked()).toBe(4);
  });
});

describe("a registry over HTTP", () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  async function serve(
    answer: (body: unknown, authorization: string | undefined) => [number, string] | "silence",
  ) {
    const server = createServer((request, response) => {
      let text = "";
      request.on("data", (part) => {
        text += part;
      });
      request.on("end", () => {
        const answered = answer(JSON.parse(text), request.headers.authorization);
        if (answered === "silence") return;
        response.writeHead(answered[0], answered[0] === 302 ? { location: "http://127.0.0.1:1/" } : {});
        response.end(answered[1]);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test("sends the question with its token and reads the answer", async () => {
    const seen: unknown[] = [];
    const url = await serve((body, authorization) => {
      seen.push(body, authorization);
      return [200, JSON.stringify({ outcome: "mismatch", differs: ["validTo"], source: "演示" })];
    });
    const registry = httpRegistry({ url, token: "secret", clock: new VirtualClock(0), timeoutMs: 1_000 });
    expect(await registry.check(question)).toEqual({ outcome: "mismatch", differs: ["validTo"] });
    expect(seen).toEqual([question, "Bearer secret"]);
  });

  test.each([
    ["a failure", [500, ""], "http-500"],
    ["a refusal of the token", [401, ""], "http-401"],
    ["no JSON", [200, "<html>"], "unreadable-answer"],
    ["an unknown outcome", [200, '{"outcome":"perhaps"}'], "unreadable-answer"],
    ["a way elsewhere, which is not followed", [302, ""], "no-connection"],
  ] as const)("takes %s for no answer", async (_name, answer, reason) => {
    const url = await serve(() => [...answer]);
    const registry = httpRegistry({ url, token: "t", clock: new VirtualClock(0), timeoutMs: 1_000 });
    await expect(registry.check(question)).rejects.toMatchObject({ reason });
  });

  test("does not wait longer than its patience, on the given clock", async () => {
    const clock = new VirtualClock(0);
    let isAsked = false;
    const url = await serve(() => {
      isAsked = true;
      return "silence";
    });
    const check = httpRegistry({ url, token: "t", clock, timeoutMs: 2_000 }).check(question);
    const failed = expect(check).rejects.toMatchObject({ reason: "timeout" });
    await expect.poll(() => isAsked).toBe(true);
    clock.advance(2_000);
    await failed;
    expect(clock.nextDueMs()).toBeUndefined();
  });

  test("nobody listening is no answer, and no registry configured says so", async () => {
    const clock = new VirtualClock(0);
    const registry = httpRegistry({ url: "http://127.0.0.1:1", token: "t", clock, timeoutMs: 1_000 });
    await expect(registry.check(question)).rejects.toMatchObject({ reason: "no-connection" });
    const none = registryOfConfig(undefined, { clock, random: half });
    expect(none.isConfigured).toBe(false);
    await expect(none.check(question)).rejects.toMatchObject({ reason: "not-configured" });
  });
});
