import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyAuditChain } from "../src/features/audit/audit.ts";
import { createStaff } from "../src/features/sign-in/sign-in.ts";
import { SmsNotSent } from "../src/sms/sms-sender.ts";
import { cookieOf, type TestApp, withApp } from "./app.ts";
import { engines } from "./database.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe.each(engines)("signing in by phone on %s", (engine) => {
  let app: TestApp;
  let phoneCount = 0;
  let phone: string;
  beforeAll(async () => {
    app = await withApp(engine);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    phone = `1380000${String(++phoneCount).padStart(4, "0")}`;
    await app.addPerson({ phone, name: "演示李四", role: "welder" });
    app.clock.advance(hourMs);
  });

  const ask = async (to = phone) => await app.call("POST", "/api/sign-in/code", { body: { phone: to } });
  const verify = async (code: string, to = phone) =>
    await app.call("POST", "/api/sign-in/verify", { body: { phone: to, code } });
  const codeSent = async (to = phone) => {
    expect((await ask(to)).statusCode).toBe(202);
    return await lastCode(to);
  };
  const lastCode = async (to = phone) => {
    await expect.poll(() => app.messages.findLast((message) => message.phone === to)).toBeDefined();
    return app.messages.findLast((message) => message.phone === to)!.code;
  };
  const otherThan = (code: string) => (code === "000000" ? "000001" : "000000");

  test("code, cookie, who I am, sign out", async () => {
    const response = await verify(await codeSent());
    expect(response.statusCode).toBe(200);
    expect(response.cookies[0]).toMatchObject({
      name: "hy_session",
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
    });
    const cookie = cookieOf(response);
    const me = await app.call("GET", "/api/me", { cookie });
    expect(me.json()).toMatchObject({
      name: "演示李四",
      phone: `138****${phone.slice(-4)}`,
      roles: [{ role: "welder", region: null, enterpriseId: null }],
    });
    expect(response.json().me).toEqual(me.json());
    expect((await app.call("POST", "/api/sign-out", { cookie })).statusCode).toBe(204);
    expect((await app.call("GET", "/api/me", { cookie })).statusCode).toBe(401);
  });

  test("a phone that nobody has gets the same answer, and a code like anybody", async () => {
    const [known, unknown] = [await ask(), await ask("13999999999")];
    expect(unknown.statusCode).toBe(known.statusCode);
    expect(unknown.json()).toEqual(known.json());
    const code = await lastCode("13999999999");
    const wrong = await verify(otherThan(code), "13999999999");
    expect(wrong.json().error.code).toBe("sign_in.code_wrong");
    const again = await ask("13999999999");
    expect(again.json().error.code).toBe("request.rate_limited");
  });

  test("a code works once", async () => {
    const code = await codeSent();
    const both = await Promise.all([verify(code), verify(code)]);
    expect(both.map((response) => response.statusCode).sort()).toEqual([200, 401]);
    expect((await verify(code)).statusCode).toBe(401);
  });

  test("a code lives five minutes", async () => {
    const code = await codeSent();
    app.clock.advance(5 * minuteMs);
    expect((await verify(code)).statusCode).toBe(401);
  });

  test("five wrong guesses void a code", async () => {
    const code = await codeSent();
    for (let guess = 0; guess < 5; guess++) expect((await verify(otherThan(code))).statusCode).toBe(401);
    expect((await verify(code)).statusCode).toBe(401);
  });

  test("guesses that come together are all counted", async () => {
    const code = await codeSent();
    await Promise.all(Array.from({ length: 12 }, () => verify(otherThan(code))));
    expect((await verify(code)).statusCode).toBe(401);
  });

  test("a new code replaces the old one, a minute later at the earliest", async () => {
    const first = await codeSent();
    app.clock.advance(20_000);
    const early = await ask();
    expect(early.statusCode).toBe(429);
    expect(early.json().error.details.retryAfterSeconds).toBe(40);
    expect(early.headers["retry-after"]).toBe("40");
    app.clock.advance(40_000);
    const sentBefore = app.messages.length;
    expect((await ask()).statusCode).toBe(202);
    await expect.poll(() => app.messages.length).toBe(sentBefore + 1);
    const second = await lastCode();
    if (second !== first) expect((await verify(first)).statusCode).toBe(401);
    expect((await verify(second)).statusCode).toBe(200);
  });

  test("a phone is sent ten messages a day", async () => {
    for (let count = 0; count < 10; count++) {
      expect((await ask()).statusCode).toBe(202);
      app.clock.advance(10 * minuteMs);
    }
    const eleventh = await ask();
    expect(eleventh.statusCode).toBe(429);
    expect(eleventh.json().error.details.retryAfterSeconds).toBe(24 * 3600 - 100 * 60);
    app.clock.advance(24 * hourMs);
    expect((await ask()).statusCode).toBe(202);
  });

  test("a code belongs to its phone", async () => {
    const code = await codeSent();
    await app.addPerson({ phone: "13700000000" });
    expect((await ask("13700000000")).statusCode).toBe(202);
    const own = await lastCode("13700000000");
    if (own !== code) expect((await verify(code, "13700000000")).statusCode).toBe(401);
    expect((await verify(code)).statusCode).toBe(200);
    app.clock.advance(25 * hourMs);
  });

  test("somebody who was deactivated stays out, also with an open session", async () => {
    const cookie = cookieOf(await verify(await codeSent()));
    const index = app.ctx.personalData.blindIndex("phone", phone);
    await app.ctx.db
      .updateTable("persons")
      .set({ is_active: false })
      .where("phone_index", "=", index)
      .execute();
    expect((await app.call("GET", "/api/me", { cookie })).statusCode).toBe(401);
    app.clock.advance(minuteMs);
    const sentBefore = app.messages.length;
    expect((await ask()).statusCode).toBe(202);
    expect(app.messages.length).toBe(sentBefore);
  });

  test("neither phone nor code nor token stands in the database or the log", async () => {
    const code = await codeSent();
    const response = await verify(code);
    const token = cookieOf(response).split("=")[1] ?? "";
    const rows = [
      await app.ctx.db.selectFrom("persons").selectAll().execute(),
      await app.ctx.db.selectFrom("sign_in_codes").selectAll().execute(),
      await app.ctx.db.selectFrom("sign_ins").selectAll().execute(),
      await app.ctx.db.selectFrom("audit_log").selectAll().orderBy("seq").execute(),
    ];
    const stored = JSON.stringify(rows, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
    );
    for (const text of [stored, app.logLines.join("\n")]) {
      expect(text).not.toContain(phone);
      expect(text).not.toContain(token);
      expect(text).not.toContain("演示李四");
    }
    expect(app.logLines.join("\n")).not.toContain(code);
  });

  test("one address may try twenty times a minute", async () => {
    const from = { remoteAddress: "192.0.2.7", body: { phone: "13612345678", code: "123456" } };
    const statuses: number[] = [];
    for (let count = 0; count < 21; count++) {
      statuses.push((await app.call("POST", "/api/sign-in/verify", from)).statusCode);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
    app.clock.advance(3_000);
    expect((await app.call("POST", "/api/sign-in/verify", from)).statusCode).toBe(401);
  });

  test("a provider that fails shows in the metrics, not in the answer", async () => {
    const failing = await withApp(engine, {
      sms: {
        async sendCode() {
          throw new SmsNotSent("LimitExceeded");
        },
        async sendMessage() {},
      },
    });
    try {
      await failing.addPerson({ phone });
      const response = await failing.call("POST", "/api/sign-in/code", { body: { phone } });
      expect(response.statusCode).toBe(202);
      await expect.poll(() => failing.logLines.some((line) => line.includes("LimitExceeded"))).toBe(true);
      expect(failing.logLines.join("\n")).not.toContain(phone);
    } finally {
      await failing.close();
    }
  });
});

describe.each(engines)("signing in as staff on %s", (engine) => {
  let app: TestApp;
  let count = 0;
  let staff: { username: string; password: string; secret: string };
  beforeAll(async () => {
    app = await withApp(engine);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    app.clock.advance(hourMs);
    const username = `demo-${++count}`;
    const password = "correct horse battery 演示";
    const created = await createStaff(
      app.ctx,
      {
        username: username.toUpperCase(),
        password,
        name: "演示值班员",
        role: "operator",
        region: null,
        enterpriseId: null,
      },
      "system",
    );
    staff = { username, password, secret: created.totpSecret };
  });

  const totp = (atMs = app.clock.nowMs()) =>
    new TOTP({ secret: Secret.fromBase32(staff.secret) }).generate({ timestamp: atMs });
  const signIn = async (over: Partial<{ username: string; password: string; totp: string }> = {}) =>
    await app.call("POST", "/api/sign-in/staff", {
      body: { username: staff.username, password: staff.password, totp: totp(), ...over },
    });
  const wrongTotp = () => (totp() === "000000" ? "000001" : "000000");

  test("user name in any case, password and time-based code open a session", async () => {
    const response = await signIn({ username: ` ${staff.username.toUpperCase()} ` });
    expect(response.statusCode).toBe(200);
    const me = await app.call("GET", "/api/me", { cookie: cookieOf(response) });
    expect(me.json()).toMatchObject({ name: "演示值班员", phone: null, roles: [{ role: "operator" }] });
  });

  test("a time step is used once, also by two at the same moment", async () => {
    const both = await Promise.all([signIn(), signIn()]);
    expect(both.map((response) => response.statusCode).sort()).toEqual([200, 401]);
    expect((await signIn()).statusCode).toBe(401);
    expect((await signIn({ totp: totp(app.clock.nowMs() - 30_000) })).statusCode).toBe(401);
    app.clock.advance(30_000);
    expect((await signIn()).statusCode).toBe(200);
  });

  test("a clock one step off is accepted, two steps are not", async () => {
    expect((await signIn({ totp: totp(app.clock.nowMs() - 60_000) })).statusCode).toBe(401);
    expect((await signIn({ totp: totp(app.clock.nowMs() + 60_000) })).statusCode).toBe(401);
    expect((await signIn({ totp: totp(app.clock.nowMs() - 30_000) })).statusCode).toBe(200);
  });

  test.each([
    ["a wrong password", { password: "wrong" }],
    ["an unknown name", { username: "nobody-here" }],
    ["a quote in the name", { username: "x' or '1'='1" }],
  ])("%s gets the same refusal as a wrong code", async (_name, over) => {
    const refused = await signIn(over);
    const { requestId: _a, ...error } = refused.json().error;
    const { requestId: _b, ...reference } = (await signIn({ totp: wrongTotp() })).json().error;
    expect(refused.statusCode).toBe(401);
    expect(error).toEqual(reference);
    expect(refused.cookies).toEqual([]);
  });

  test.each([["an existing"], ["an unknown"]])(
    "%s name is locked longer after each failure from the fifth",
    async (kind) => {
      const username = kind === "an existing" ? staff.username : `nobody-${engine}`;
      const fail = async () => await signIn({ username, password: "wrong", totp: "123456" });
      for (let attempt = 0; attempt < 5; attempt++) expect((await fail()).statusCode).toBe(401);
      const locked = await fail();
      expect(locked.statusCode).toBe(429);
      expect(locked.json().error).toMatchObject({
        code: "sign_in.locked",
        details: { retryAfterSeconds: 30 },
      });
      if (kind === "an existing") expect((await signIn()).statusCode).toBe(429);
      app.clock.advance(30_000);
      expect((await fail()).statusCode).toBe(401);
      expect((await fail()).json().error.details.retryAfterSeconds).toBe(60);
      app.clock.advance(60_000);
      if (kind === "an existing") {
        expect((await signIn()).statusCode).toBe(200);
        app.clock.advance(30_000);
        expect((await signIn({ password: "wrong" })).statusCode).toBe(401);
        expect((await signIn()).statusCode).toBe(200);
      }
    },
  );

  test("guesses that come together are all counted", async () => {
    const guesses = await Promise.all(Array.from({ length: 10 }, () => signIn({ password: "wrong" })));
    expect(guesses.filter((response) => response.statusCode === 401)).toHaveLength(5);
    expect(guesses.filter((response) => response.statusCode === 429)).toHaveLength(5);
  });
});

describe.each(engines)("sessions on %s", (engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await withApp(engine, { config: { signIn: { idleMinutes: 30, absoluteHours: 8 } } });
  });
  afterAll(() => app?.close());
  const status = async (cookie: string) => (await app.call("GET", "/api/me", { cookie })).statusCode;

  test("end after half an hour without a request", async () => {
    const { cookie } = await app.signInAs("regulator", { region: "330723" });
    app.clock.advance(29 * minuteMs);
    expect(await status(cookie)).toBe(200);
    app.clock.advance(29 * minuteMs);
    expect(await status(cookie)).toBe(200);
    app.clock.advance(30 * minuteMs);
    expect(await status(cookie)).toBe(401);
  });

  test("end after eight hours however busy", async () => {
    const { cookie } = await app.signInAs("regulator");
    for (let step = 0; step < 23; step++) {
      app.clock.advance(20 * minuteMs);
      expect(await status(cookie)).toBe(200);
    }
    app.clock.advance(20 * minuteMs);
    expect(await status(cookie)).toBe(401);
  });

  test("are listed and revoked by their owner only", async () => {
    const { personId, cookie } = await app.signInAs("regulator");
    const stranger = await app.signInAs("operator");
    const { startSession } = await import("../src/features/sign-in/session.ts");
    const other = await app.ctx.db
      .transaction()
      .execute((tx) =>
        startSession(app.ctx, tx, personId, "phone", { userAgent: "<b>old phone</b>", address: "192.0.2.1" }),
      );
    const list = (await app.call("GET", "/api/sign-ins", { cookie })).json().signIns;
    expect(list).toHaveLength(2);
    expect(list.filter((entry: { current: boolean }) => entry.current)).toHaveLength(1);
    expect(list).toContainEqual(
      expect.objectContaining({ device: "<b>old phone</b>", address: "192.0.2.1" }),
    );
    const remove = async (by: string) =>
      (await app.call("DELETE", `/api/sign-ins/${other.signInId}`, { cookie: by })).statusCode;
    expect(await remove(stranger.cookie)).toBe(404);
    expect(await status(`hy_session=${other.token}`)).toBe(200);
    expect(await remove(cookie)).toBe(204);
    expect(await status(`hy_session=${other.token}`)).toBe(401);
    expect(await remove(cookie)).toBe(404);
    expect(await status(cookie)).toBe(200);
  });

  test("refuse an id that is none", async () => {
    const { cookie } = await app.signInAs("regulator");
    const response = await app.call("DELETE", "/api/sign-ins/1%27%20or%201=1", { cookie });
    expect(response.statusCode).toBe(400);
    expect(response.json().error.fields[0].path).toBe("params.signInId");
  });

  test.each([
    "POST /api/sign-out",
    "GET /api/me",
    "GET /api/sign-ins",
    "DELETE /api/sign-ins/0198c0de-0000-7000-8000-00000000000a",
  ])("%s asks to sign in, whatever the cookie", async (route) => {
    const [method, url] = route.split(" ") as ["GET", string];
    for (const cookie of [undefined, "hy_session=", "hy_session=forged", `hy_session=${"x".repeat(3000)}`]) {
      const response = await app.call(method, url, cookie === undefined ? {} : { cookie });
      expect(response.statusCode).toBe(401);
      expect(response.json().error.code).toBe("sign_in.required");
    }
  });

  test("leave a whole audit chain behind", async () => {
    const { cookie, personId } = await app.signInAs("installer");
    await app.call("POST", "/api/sign-out", { cookie });
    const entries = await app.ctx.db
      .selectFrom("audit_log")
      .select("action")
      .where("actor", "=", personId)
      .orderBy("seq")
      .execute();
    expect(entries.map(({ action }) => action)).toEqual(["sign_in.started", "sign_in.ended"]);
    expect((await verifyAuditChain(app.ctx.db)).brokenAt).toBeUndefined();
  });
});
