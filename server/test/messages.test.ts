import { MESSAGE_NEWS_PATH } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planMessages, sendMessages, tell } from "../src/features/telling/telling.ts";
import { buildStaff, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { recordingChannels } from "./recording-channels.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

type Signed = { personId: PersonId; cookie: string };
const keys = { p256dh: `B${"A".repeat(86)}`, auth: "A".repeat(22) };

describe.each(engines)("messages and how people are told, over HTTP, on %s", (engine) => {
  let app: TestPlatform;
  let out: ReturnType<typeof recordingChannels>;
  let person: Signed;
  let other: Signed;
  let regulator: Signed;
  beforeAll(async () => {
    out = recordingChannels();
    const key = new Uint8Array(32).fill(7);
    app = await withPlatform(engine, {
      channels: out.channels,
      config: { push: { contact: "mailto:demo@example.com", key } },
    });
    person = await buildStaff(app, "station-staff", { region: county });
    other = await buildStaff(app, "station-staff", { region: otherCounty });
    regulator = await buildStaff(app, "regulator", { region: county });
  });
  afterAll(() => app?.close());

  const as = (who: Signed, method: "GET" | "POST" | "PUT" | "DELETE", url: string, body?: object) =>
    app.call(method, url, { cookie: who.cookie, ...(body ? { body } : {}) });
  let count = 0;
  async function say(severity: "notice" | "danger", personIds: PersonId[] = [person.personId]) {
    const onceKey = `key-${count++}`;
    app.clock.advance(1_000);
    await tell(app.ctx, app.ctx.db, {
      personIds,
      topic: "rectification",
      severity,
      subject: { kind: "alarm", id: "a1" },
      template: "rectification-due",
      words: { firm: "演示厂", day: "2026-03-09" },
      onceKey,
    });
  }
  const own = async (query = "") => (await as(person, "GET", `/api/me/messages${query}`)).json();

  test("are the person's own, in the reader's language, opened and acknowledged", async () => {
    await say("notice");
    await say("danger", [person.personId, other.personId]);
    const list = await own();
    expect(list).toMatchObject({
      total: 2,
      unopened: 2,
      items: [{ severity: "danger" }, { severity: "notice" }],
    });
    const { messageId } = list.items[0];
    const english = await app.call("GET", `/api/me/messages/${messageId}`, {
      cookie: person.cookie,
      headers: { "x-language": "en" },
    });
    expect(english.json()).toMatchObject({ title: "Order to rectify", openedAt: null });
    expect(
      (await as(person, "POST", "/api/me/messages/opened", { messageIds: [messageId] })).statusCode,
    ).toBe(204);
    expect(await own()).toMatchObject({ unopened: 1 });
    const acknowledge = `/api/me/messages/${messageId}/acknowledgement`;
    expect(codeOf(await as(other, "POST", acknowledge))).toBe("404 message.not_found");
    expect(codeOf(await as(other, "GET", `/api/me/messages/${messageId}`))).toBe("404 message.not_found");
    expect((await as(person, "POST", acknowledge)).statusCode).toBe(204);
    expect(await own("?isOpen=true")).toMatchObject({ total: 1, items: [{ severity: "notice" }] });
    const first = (await own()).items[0].acknowledgedAt;
    app.clock.advance(1_000);
    expect((await as(person, "POST", acknowledge)).statusCode).toBe(204);
    expect((await own()).items[0].acknowledgedAt).toBe(first);
  });

  test("open pages hear at once of their person's new message, and of nobody else's", async () => {
    const { messageFeed, http } = app;
    await expect(http.injectWS(MESSAGE_NEWS_PATH)).rejects.toThrow("401");
    const heard: string[] = [];
    const reader = await buildStaff(app, "station-staff", { region: otherCounty });
    const page = await http.injectWS(MESSAGE_NEWS_PATH, { headers: { cookie: reader.cookie } });
    page.on("message", (data) => void heard.push(String(data)));
    await say("notice", [other.personId]);
    await messageFeed.refresh();
    await say("notice", [reader.personId]);
    await messageFeed.refresh();
    await messageFeed.refresh();
    await expect.poll(() => heard).toEqual(['{"type":"messages"}']);
    await say("danger", [reader.personId]);
    await messageFeed.refresh();
    await expect.poll(() => heard.length).toBe(2);
    page.terminate();
  });

  test("staff see to whom and how each went out, within their regions, names masked", async () => {
    await say("danger");
    await planMessages(app.ctx);
    await sendMessages(app.ctx);
    const seen = (await as(regulator, "GET", "/api/messages?subjectKind=alarm&subjectId=a1")).json();
    expect(seen.total).toBe(3);
    expect(seen.items[0]).toMatchObject({ personName: "演***", stage: "in-app", deliveries: [] });
    expect((await as(regulator, "GET", "/api/messages?state=failed")).json().total).toBe(0);
    expect((await as(regulator, "GET", "/api/messages?state=open&severity=danger")).json().total).toBe(1);
    const far = await buildStaff(app, "regulator", { region: "110101" as never });
    expect((await as(far, "GET", "/api/messages")).json().total).toBe(0);
    const phoned = await app.addPerson({ phone: "13800000077", role: "station-staff", region: county });
    await say("danger", [phoned]);
    await planMessages(app.ctx);
    await sendMessages(app.ctx);
    const out1 = (await as(regulator, "GET", "/api/messages")).json().items[0];
    expect(out1).toMatchObject({
      stage: "out",
      deliveries: [
        { channel: "sms", status: "sent", attempts: 1, lastError: null },
        { channel: "voice", status: "sent" },
      ],
    });
  });

  test("preferences are kept, and a danger keeps at least one way", async () => {
    const before = (await as(person, "GET", "/api/me/telling")).json();
    expect(before).toMatchObject({
      preferences: { quiet: { from: "22:00", until: "07:00" }, language: "zh-CN" },
      available: ["push", "sms", "voice", "email"],
      hasPhone: false,
      email: null,
      pushDevices: [],
    });
    expect(Buffer.from(before.pushPublicKey, "base64url")).toHaveLength(65);
    const wish = {
      channels: { notice: [], warning: ["email"], danger: ["push"] },
      quiet: { from: "21:30", until: "06:00" },
      language: "en",
    };
    expect((await as(person, "PUT", "/api/me/telling/preferences", wish)).json().preferences).toEqual(wish);
    const again = { ...wish, quiet: null };
    expect((await as(person, "PUT", "/api/me/telling/preferences", again)).json().preferences).toEqual(again);
    const silent = { ...wish, channels: { ...wish.channels, danger: [] } };
    expect(fieldsOf(await as(person, "PUT", "/api/me/telling/preferences", silent))).toEqual([
      "body.channels.danger",
    ]);
    const odd = { ...wish, quiet: { from: "9pm", until: "06:00" } };
    expect(fieldsOf(await as(person, "PUT", "/api/me/telling/preferences", odd))).toEqual([
      "body.quiet.from",
    ]);
  });

  test("a browser subscribes and leaves; its address is sealed and must lie outside", async () => {
    const endpoint = "https://push.example.org/abc";
    const subscribed = await as(person, "POST", "/api/me/push-subscriptions", { endpoint, keys });
    expect(subscribed.statusCode, subscribed.body).toBe(200);
    expect(
      (await as(person, "POST", "/api/me/push-subscriptions", { endpoint, keys })).json().pushDevices,
    ).toHaveLength(1);
    const rows = await app.ctx.db.selectFrom("push_subscriptions").selectAll().execute();
    expect(Buffer.from(rows[0]!.subscription_ciphertext).toString("latin1")).not.toContain("push.example");
    for (const inside of ["http://push.example.org/a", "https://127.0.0.1/a", "https://localhost/a"]) {
      const refused = await as(person, "POST", "/api/me/push-subscriptions", { endpoint: inside, keys });
      expect(codeOf(refused)).toBe("409 push.address_refused");
    }
    const bad = { endpoint, keys: { ...keys, auth: "x" } };
    expect(fieldsOf(await as(person, "POST", "/api/me/push-subscriptions", bad))).toEqual(["body.keys.auth"]);
    const { pushSubscriptionId } = subscribed.json().pushDevices[0];
    const path = `/api/me/push-subscriptions/${pushSubscriptionId}`;
    await as(other, "DELETE", path);
    expect((await as(person, "GET", "/api/me/telling")).json().pushDevices).toHaveLength(1);
    expect((await as(person, "DELETE", path)).statusCode).toBe(204);
    expect((await as(person, "GET", "/api/me/telling")).json().pushDevices).toEqual([]);
  });

  test("an address counts once its code has come back", async () => {
    const before = out.sent.length;
    const put = (address: string) => as(person, "PUT", "/api/me/email", { address });
    expect(fieldsOf(await put("nobody"))).toEqual(["body.address"]);
    const asked = await put("someone@example.com");
    expect(asked.json().email).toEqual({ address: "s***@example.com", isConfirmed: false });
    expect(codeOf(await put("someone@example.com"))).toBe("409 email.too_soon");
    const [mail] = out.sent.slice(before);
    expect(mail).toMatchObject({ channel: "email", to: { email: "someone@example.com" } });
    const code = /\d{6}/.exec(mail!.body)![0];
    const confirm = (given: string) => as(person, "POST", "/api/me/email/confirmation", { code: given });
    expect(fieldsOf(await confirm("12"))).toEqual(["body.code"]);
    const wrong = code === "000000" ? "000001" : "000000";
    expect(codeOf(await confirm(wrong))).toBe("409 email.code_wrong");
    expect((await confirm(code)).json().email).toEqual({ address: "s***@example.com", isConfirmed: true });
    expect(codeOf(await confirm(code))).toBe("409 email.code_wrong");
    expect((await as(person, "DELETE", "/api/me/email")).statusCode).toBe(204);
    await put("someone@example.com");
    const late = /\d{6}/.exec(out.sent.at(-1)!.body)![0];
    app.clock.advance(31 * 60_000);
    expect(codeOf(await confirm(late))).toBe("409 email.code_wrong");
  });

  test("nobody who is not signed in sees or changes anything", async () => {
    const routes: ["GET" | "POST" | "PUT" | "DELETE", string, object?][] = [
      ["GET", "/api/me/messages"],
      ["GET", `/api/me/messages/${nobody}`],
      ["POST", "/api/me/messages/opened", { messageIds: [] }],
      ["POST", `/api/me/messages/${nobody}/acknowledgement`],
      ["GET", "/api/messages"],
      ["GET", "/api/me/telling"],
      ["PUT", "/api/me/telling/preferences", {}],
      ["POST", "/api/me/push-subscriptions", {}],
      ["DELETE", `/api/me/push-subscriptions/${nobody}`],
      ["PUT", "/api/me/email", { address: "a@example.com" }],
      ["POST", "/api/me/email/confirmation", { code: "000000" }],
      ["DELETE", "/api/me/email"],
    ];
    for (const [method, url, body] of routes) {
      expect((await app.call(method, url, body ? { body } : {})).statusCode, url).toBe(401);
    }
    const welder = await app.signInAs("welder");
    expect(codeOf(await as(welder, "GET", "/api/messages"))).toBe("403 role.forbidden");
    expect((await as(regulator, "GET", "/api/messages?severity=loud")).statusCode).toBe(400);
    expect((await as(person, "GET", "/api/me/messages/nonsense")).statusCode).toBe(400);
    expect((await as(person, "POST", "/api/me/messages/opened", { messageIds: ["x"] })).statusCode).toBe(400);
  });
});
