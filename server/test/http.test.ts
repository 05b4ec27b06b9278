import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { defineRoute } from "@hanyouxu/api";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "../src/errors.ts";
import { handle } from "../src/http/contract-route.ts";
import { type TestApp, withApp } from "./app.ts";

const echo = defineRoute({
  method: "POST",
  path: "/api/echo/:id",
  tag: "test",
  summary: "Test",
  params: z.object({ id: z.uuid() }),
  query: z.object({ page: z.coerce.number().int().min(1).default(1) }),
  body: z.object({ text: z.string().max(10), nested: z.array(z.object({ amps: z.number() })).default([]) }),
  answers: { 200: z.object({ id: z.string(), page: z.number(), text: z.string() }) },
});
const broken = defineRoute({
  method: "GET",
  path: "/api/broken/:how",
  tag: "test",
  summary: "Test",
  params: z.object({ how: z.string() }),
  answers: { 200: z.object({ n: z.number() }) },
});
const id = "0198c0de-0000-7000-8000-00000000000a";
const url = `/api/echo/${id}`;

let app: TestApp;
let webDir: string;
const base = {
  host: "127.0.0.1",
  port: 0,
  publicUrl: "https://hy.example.cn",
  trustedProxies: ["127.0.0.1"],
  requestsPerMinute: 600,
};
beforeAll(async () => {
  webDir = mkdtempSync(join(tmpdir(), "hy-web-"));
  for (const folder of ["m", "console", "assets"]) mkdirSync(join(webDir, folder));
  writeFileSync(join(webDir, "index.html"), "choose");
  writeFileSync(join(webDir, "m", "index.html"), "phone");
  writeFileSync(join(webDir, "console", "index.html"), "desk");
  writeFileSync(join(webDir, "assets", "a-1234.js"), "export {}");
  writeFileSync(join(webDir, "assets", "a-1234.js.br"), brotliCompressSync("export {}"));
  app = await withApp("pglite", {
    config: { http: { ...base, webDir } },
    register(http) {
      handle(http, echo, async (request) => ({
        id: request.params.id,
        page: request.query.page,
        text: request.body.text,
      }));
      handle(http, broken, async (request) => {
        if (request.params.how === "refusal")
          throw new AppError("service.unavailable", { details: { retryAfterSeconds: 7 } });
        if (request.params.how === "answer") return { n: "not a number" as unknown as number };
        throw new Error("the secret of the 13800138000 table");
      });
    },
  });
});
afterAll(async () => {
  await app?.close();
  rmSync(webDir, { recursive: true, force: true });
});

describe("a request", () => {
  test("is parsed by the contract on its way in and checked on its way out", async () => {
    const response = await app.call("POST", `${url}?page=3`, { body: { text: "焊接", extra: 1 } });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ id, page: 3, text: "焊接" });
    expect(response.headers["cache-control"]).toBe("no-store");
    expect(response.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ["zh-CN", /\p{Script=Han}/u],
    ["en", /^[\x20-\x7e]+$/],
  ])("with wrong fields is told every one of them in %s", async (language, pattern) => {
    const response = await app.call("POST", `/api/echo/x?page=0`, {
      body: { text: "longer than ten", nested: [{ amps: "many" }] },
      headers: { "accept-language": language },
    });
    expect(response.statusCode).toBe(400);
    const { error } = response.json();
    expect(error.code).toBe("request.invalid");
    expect(error.message).toMatch(pattern);
    // Fastify validates part by part and stops at the first that is wrong.
    expect(error.fields.map((field: { path: string }) => field.path)).toEqual(["params.id"]);
    const body = await app.call("POST", url, {
      body: { text: "longer than ten", nested: [{ amps: "many" }] },
      headers: { "accept-language": language },
    });
    const { fields } = body.json().error;
    expect(fields.map((field: { path: string }) => field.path)).toEqual(["body.text", "body.nested.0.amps"]);
    for (const { message } of fields) expect(message).toMatch(pattern);
    expect(body.body).not.toContain("longer than ten");
  });

  test.each([
    ["fr, de;q=0.5", "zh-CN"],
    ["fr, en-GB;q=0.5, zh;q=0.1", "en"],
    ["zh-TW", "zh-CN"],
    ["", "zh-CN"],
  ])("in Accept-Language %j is answered in %s", async (range, language) => {
    const response = await app.call("GET", "/api/nothing", { headers: { "accept-language": range } });
    expect(response.statusCode).toBe(404);
    expect(/\p{Script=Han}/u.test(response.json().error.message)).toBe(language === "zh-CN");
  });

  test.each([
    ["half a JSON", '{"text":', "application/json", 400],
    [
      "JSON that reaches for the prototype",
      '{"__proto__":{"admin":true},"text":"x"}',
      "application/json",
      400,
    ],
    ["a NUL", '{"text":"a\\u0000b"}', "application/json", 400],
    ["half a surrogate pair", '{"text":"\\ud800"}', "application/json", 400],
    ["nothing", "", "application/json", 400],
    ["null", "null", "application/json", 400],
    ["a form", "text=x", "application/x-www-form-urlencoded", 415],
    ["plain text", "hello", "text/plain", 415],
    ["70 KB", JSON.stringify({ text: "x".repeat(70_000) }), "application/json", 413],
    ["10,000 nested arrays", `${"[".repeat(10_000)}${"]".repeat(10_000)}`, "application/json", 400],
  ])("with %s is refused", async (_name, payload, type, status) => {
    const response = await app.http.inject({
      method: "POST",
      url,
      payload,
      headers: { "content-type": type },
    });
    expect(response.statusCode).toBe(status);
    expect(response.json().error.requestId).toBe(response.headers["x-request-id"]);
    if (status === 400) expect(response.json().error.fields[0].path).toMatch(/^body/);
  });

  test.each(["/api/%zz", "/api/echo/%00", "/%c0%ae%c0%ae/etc/passwd"])(
    "to %s is refused in our own form",
    async (path) => {
      const response = await app.call("GET", path);
      expect(response.statusCode).toBe(400);
      expect(response.json().error.fields[0].path).toBe("url");
    },
  );

  test("that ends in a bug says nothing of it, and the log says all", async () => {
    const response = await app.call("GET", "/api/broken/bug");
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain("secret");
    const { error } = response.json();
    expect(error.code).toBe("service.failed");
    const line = app.logLines.find((text) => text.includes("the secret of"));
    expect(line).toContain(error.requestId);
    expect(line).toContain("http.test.ts");
    const metrics = await app.ctx.metrics.registry.metrics();
    expect(metrics).toContain('hy_http_failures_total{route="/api/broken/:how"} 1');
  });

  test("whose answer breaks the contract ends as a bug, not as a wrong answer", async () => {
    expect((await app.call("GET", "/api/broken/answer")).statusCode).toBe(500);
  });

  test("that is refused carries the seconds to wait", async () => {
    const response = await app.call("GET", "/api/broken/refusal");
    expect(response.statusCode).toBe(503);
    expect(response.headers["retry-after"]).toBe("7");
  });
});

describe("a page of another site", () => {
  const post = (headers: Record<string, string>) => app.call("POST", url, { body: { text: "x" }, headers });

  test.each([
    ["of another site", { origin: "https://evil.example" }, 403],
    ["without a name", { origin: "null" }, 403],
    ["that adds our name to its own", { origin: "https://hy.example.cn.evil.example" }, 403],
    ["by plain http", { origin: "http://hy.example.cn" }, 403],
    ["that hides its origin", { "sec-fetch-site": "cross-site" }, 403],
    ["of a sibling site", { "sec-fetch-site": "same-site" }, 403],
    ["of the platform", { origin: "https://hy.example.cn", "sec-fetch-site": "same-origin" }, 200],
    ["that is no page but a program", {}, 200],
  ])("%s changes nothing unless it is our own (%j → %i)", async (_name, headers, status) => {
    expect((await post(headers)).statusCode).toBe(status);
  });

  test("opens no socket", async () => {
    const headers = { upgrade: "websocket", connection: "upgrade", origin: "https://evil.example" };
    expect((await app.call("GET", "/api/live", { headers })).statusCode).toBe(403);
  });
});

describe("one address", () => {
  test("makes six hundred requests a minute and is then told to wait; its proxy's word names it", async () => {
    const from = (address: string) =>
      app.call("GET", "/api/nothing", { headers: { "x-forwarded-for": address } });
    const statuses = [];
    for (let count = 0; count < 601; count++) statuses.push((await from("198.51.100.1")).statusCode);
    expect(statuses.slice(0, 600).every((status) => status === 404)).toBe(true);
    expect(statuses[600]).toBe(429);
    expect((await from("198.51.100.2")).statusCode).toBe(404);
    app.clock.advance(1_000);
    expect((await from("198.51.100.1")).statusCode).toBe(404);
  });
});

describe("security headers", () => {
  test("let pages run only what we serve", async () => {
    const { headers } = await app.call("GET", "/m/");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("connect-src 'self' wss://hy.example.cn;");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(headers["strict-transport-security"]).toContain("max-age=31536000");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["permissions-policy"]).toContain("camera=(self)");
  });

  test("the session cookie is Secure where people come by https", async () => {
    await app.addPerson({ phone: "13800138000" });
    await app.call("POST", "/api/sign-in/code", { body: { phone: "13800138000" } });
    await expect.poll(() => app.messages.length).toBe(1);
    const { code } = app.messages[0]!;
    const response = await app.call("POST", "/api/sign-in/verify", { body: { phone: "13800138000", code } });
    expect(String(response.headers["set-cookie"])).toMatch(/; HttpOnly; Secure; SameSite=Strict/);
  });
});

describe("the pages", () => {
  test.each([
    ["/", "choose"],
    ["/m/", "phone"],
    ["/console/", "desk"],
  ])("%s is served, always fresh", async (path, text) => {
    const response = await app.call("GET", path);
    expect(response.body).toBe(text);
    expect(response.headers["cache-control"]).toBe("no-cache");
  });

  test("/m leads to /m/", async () => {
    const response = await app.call("GET", "/m");
    expect([301, 302]).toContain(response.statusCode);
    expect(response.headers.location).toBe("/m/");
  });

  test("a label's address leads to its machine, whatever it says", async () => {
    const response = await app.call("GET", "/c/HMS1NBR0W6JABA9E");
    expect(response.headers.location).toBe("/m/#/machine/HMS1NBR0W6JABA9E");
    const odd = await app.call("GET", "/c/%2F%2Fevil.example%0d%0aX");
    expect(odd.headers.location).toBe("/m/#/machine/%2F%2Fevil.example%0D%0AX");
  });

  test("assets may be kept for a year", async () => {
    expect((await app.call("GET", "/assets/a-1234.js")).headers["cache-control"]).toContain("immutable");
  });

  test("what was compressed is sent so to who takes it, and plain to everybody else", async () => {
    const ask = async (encodings: string) =>
      await app.call("GET", "/assets/a-1234.js", { headers: { "accept-encoding": encodings } });
    const small = await ask("gzip, br");
    expect(small.headers).toMatchObject({ "content-encoding": "br", vary: "accept-encoding" });
    expect(small.headers["content-type"]).toContain("javascript");
    expect(small.headers["cache-control"]).toContain("immutable");
    expect(brotliDecompressSync(small.rawPayload).toString()).toBe("export {}");
    const plain = await ask("identity");
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.body).toBe("export {}");
  });

  test("nothing outside the folder is reachable", async () => {
    for (const path of ["/../package.json", "/assets/..%2f..%2f..%2fetc/passwd", "/.env"]) {
      expect((await app.call("GET", path)).statusCode).toBeGreaterThanOrEqual(400);
    }
  });
});

describe("health", () => {
  test("healthz answers, readyz looks at database and broker", async () => {
    expect((await app.call("GET", "/healthz")).json()).toEqual({ status: "ok" });
    expect((await app.call("GET", "/readyz")).json()).toEqual({
      status: "ready",
      database: true,
      broker: true,
    });
    app.broker.healthy = false;
    const response = await app.call("GET", "/readyz");
    app.broker.healthy = true;
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ status: "not-ready", broker: false });
  });

  test("a database that hangs makes the server not ready within two seconds", async () => {
    const hold = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const holding = app.ctx.db.transaction().execute(async (tx) => {
      // From its first lock on nobody else has a turn.
      await sql`select pg_advisory_xact_lock(${1}::bigint)`.execute(tx);
      held.resolve();
      await hold.promise;
    });
    await held.promise;
    const asked = app.call("GET", "/readyz");
    await expect.poll(() => app.clock.nextDueMs()).toBe(app.clock.nowMs() + 2_000);
    app.clock.advance(2_000);
    expect((await asked).json()).toMatchObject({ database: false });
    hold.resolve();
    await holding;
  });

  test("metrics are for this machine, not for who comes through its proxy", async () => {
    const local = await app.call("GET", "/metrics");
    expect(local.statusCode).toBe(200);
    expect(local.body).toContain("hy_http_request_seconds_bucket");
    expect(local.body).not.toContain(id);
    expect((await app.call("GET", "/metrics", { remoteAddress: "192.0.2.9" })).statusCode).toBe(404);
    const proxied = { headers: { "x-forwarded-for": "203.0.113.5" } };
    expect((await app.call("GET", "/metrics", proxied)).statusCode).toBe(404);
  });

  test("metrics with a token are for who shows it", async () => {
    const guarded = await withApp("pglite", { config: { metricsToken: "0123456789abcdef01234567" } });
    const get = (authorization?: string) =>
      guarded.call("GET", "/metrics", {
        remoteAddress: "192.0.2.9",
        headers: authorization ? { authorization } : {},
      });
    expect((await get()).statusCode).toBe(404);
    expect((await get("Bearer 0123456789abcdef01234568")).statusCode).toBe(404);
    expect((await get("Bearer 0123456789abcdef01234567")).statusCode).toBe(200);
    await guarded.close();
  });
});
