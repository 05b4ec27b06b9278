import type { MessageSeverity } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NotTaken } from "../src/channels/channel.ts";
import {
  DANGER_DIGEST_MS,
  DANGER_WINDOW_MS,
  MOST_DANGERS_IN_WINDOW,
  MOST_IN_WINDOW,
  SAME_DANGER_MS,
  WINDOW_MS,
} from "../src/features/telling/plan.ts";
import { sealTarget } from "../src/features/telling/push-targets.ts";
import { LEASE_MS, MOST_ATTEMPTS } from "../src/features/telling/send.ts";
import { planMessages, sendMessages, type Telling, tell } from "../src/features/telling/telling.ts";
import { type TestApp, withApp } from "./app.ts";
import { engines } from "./database.ts";
import { recordingChannels } from "./recording-channels.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe.each(engines)("telling people on %s", (engine) => {
  let app: TestApp;
  let out: ReturnType<typeof recordingChannels>;
  let personId: PersonId;
  beforeEach(async () => {
    out = recordingChannels();
    app = await withApp(engine, { channels: out.channels });
    personId = await app.addPerson({ phone: "13800000001" });
    await subscribe(personId);
  });
  afterEach(() => app?.close());

  async function subscribe(person: PersonId) {
    const target = { endpoint: `https://push.example/${person}`, keys: { p256dh: "p", auth: "a" } };
    await app.ctx.db
      .insertInto("push_subscriptions")
      .values({
        push_subscription_id: app.ctx.newId(),
        person_id: person,
        device: "test",
        created_at: new Date(app.clock.nowMs()),
        ...sealTarget(app.ctx, target),
      })
      .execute();
  }

  let told = 0;
  async function say(severity: MessageSeverity, change: Partial<Telling> = {}) {
    const telling: Telling = {
      personIds: [personId],
      topic: "rectification",
      severity,
      subject: { kind: "alarm", id: "a1" },
      template: "rectification-due",
      words: { firm: "演示厂", day: "2026-03-09" },
      onceKey: `key-${told++}`,
      ...change,
    };
    await app.ctx.db.transaction().execute((tx) => tell(app.ctx, tx, telling));
    return telling.onceKey;
  }

  async function go() {
    await planMessages(app.ctx);
    await sendMessages(app.ctx);
  }

  const deliveries = () =>
    app.ctx.db
      .selectFrom("message_deliveries")
      .select(["channel", "status", "attempts", "last_error", "next_attempt_at"])
      .orderBy("channel")
      .execute();

  test("a message goes out by the channels of its severity, in the person's language", async () => {
    await say("danger");
    await go();
    expect(out.told()).toEqual(["push 整改通知", "sms 整改通知", "voice 整改通知"]);
    expect(out.sent.find(({ channel }) => channel === "sms")).toMatchObject({
      body: "演示厂：请在 2026-03-09 前完成整改并上传结果。",
      to: { phone: "13800000001" },
      tag: "alarm:a1",
    });
    const pushed = out.sent.find(({ channel }) => channel === "push");
    expect(pushed!.to.pushTargets).toMatchObject([{ endpoint: `https://push.example/${personId}` }]);
    await say("notice");
    await go();
    expect(out.told(3)).toEqual(["push 整改通知"]);
  });

  test("what is told in a transaction that fails is told to nobody", async () => {
    const failing = app.ctx.db.transaction().execute(async (tx) => {
      await tell(app.ctx, tx, {
        personIds: [personId],
        topic: "alarm",
        severity: "danger",
        subject: { kind: "alarm", id: "a1" },
        template: "rectification-due",
        words: { firm: "演示厂", day: "2026-03-09" },
        onceKey: "k",
      });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await go();
    expect(out.sent).toEqual([]);
  });

  test("is told once under a key, to each person", async () => {
    const other = await app.addPerson({ phone: "13800000002" });
    await say("danger", { onceKey: "k" });
    await say("danger", { onceKey: "k", personIds: [personId, other, other] });
    await go();
    const phones = out.sent.filter(({ channel }) => channel === "sms").map(({ to }) => to.phone);
    expect(phones.sort()).toEqual(["13800000001", "13800000002"]);
  });

  test("words that a template has a place for and nobody gives are a bug", async () => {
    await expect(say("danger", { words: { firm: "演示厂" } })).rejects.toThrow("lacks words: day");
  });

  test("quiet hours hold what is no danger, until they end in local time", async () => {
    app.clock.advance(15 * HOUR_MS);
    await say("notice");
    await say("danger");
    await go();
    expect(out.told()).toEqual(["push 整改通知", "sms 整改通知", "voice 整改通知"]);
    // 23:00 in Shanghai: quiet until 07:00.
    app.clock.advance(8 * HOUR_MS - 1);
    await go();
    expect(out.sent).toHaveLength(3);
    app.clock.advance(1);
    await go();
    expect(out.sent).toHaveLength(4);
  });

  test("too many in an hour come as one digest of those not opened", async () => {
    for (let count = 0; count < MOST_IN_WINDOW + 3; count++) {
      app.clock.advance(1_000);
      await say(count === 7 ? "warning" : "notice");
      await go();
    }
    expect(out.sent).toHaveLength(MOST_IN_WINDOW);
    await say("danger");
    await go();
    expect(out.sent).toHaveLength(MOST_IN_WINDOW + 3);
    app.clock.advance(WINDOW_MS);
    await go();
    expect(out.told(MOST_IN_WINDOW + 3)).toEqual(["push 您有 3 条未读消息"]);
    app.clock.advance(2 * WINDOW_MS);
    await go();
    expect(out.sent).toHaveLength(MOST_IN_WINDOW + 4);
  });

  test("a digest of what was opened meanwhile does not go out", async () => {
    for (let count = 0; count < MOST_IN_WINDOW + 2; count++) await say("notice");
    await go();
    await app.ctx.db
      .updateTable("messages")
      .set({ opened_at: new Date(app.clock.nowMs()) })
      .execute();
    app.clock.advance(WINDOW_MS);
    await go();
    expect(out.sent).toHaveLength(MOST_IN_WINDOW);
  });

  test("the same danger about the same thing rings no phone twice within minutes, another one does", async () => {
    await say("danger");
    await say("danger");
    await say("danger", { subject: { kind: "alarm", id: "a2" } });
    await go();
    expect(out.told().filter((one) => one.startsWith("sms"))).toHaveLength(2);
    expect(out.told().filter((one) => one.startsWith("push"))).toHaveLength(3);
    app.clock.advance(SAME_DANGER_MS + 1);
    await say("danger");
    await go();
    expect(out.told().filter((one) => one.startsWith("sms"))).toHaveLength(3);
  });

  test("in a storm of dangers the first ring one by one, the rest together once a minute, at night too", async () => {
    app.clock.advance(15 * HOUR_MS);
    const storm = async (from: number, count: number) => {
      for (let n = from; n < from + count; n++)
        await say("danger", { subject: { kind: "alarm", id: `s${n}` } });
      await go();
    };
    const rang = () => out.sent.filter(({ channel }) => channel === "sms").map(({ title }) => title);
    await storm(0, MOST_DANGERS_IN_WINDOW + 25);
    await storm(100, 5);
    expect(rang()).toHaveLength(MOST_DANGERS_IN_WINDOW);
    app.clock.advance(DANGER_DIGEST_MS - 1);
    await go();
    expect(rang()).toHaveLength(MOST_DANGERS_IN_WINDOW);
    app.clock.advance(1);
    await go();
    expect(rang().slice(MOST_DANGERS_IN_WINDOW)).toEqual(["另有 30 条危险消息未读"]);
    await storm(200, 2);
    await app.ctx.db
      .updateTable("messages")
      .set({ opened_at: new Date(app.clock.nowMs()) })
      .execute();
    app.clock.advance(DANGER_DIGEST_MS);
    await go();
    expect(rang()).toHaveLength(MOST_DANGERS_IN_WINDOW + 1);
    app.clock.advance(DANGER_WINDOW_MS);
    await storm(300, 1);
    expect(rang().at(-1)).toBe("整改通知");
  });

  test("a danger that no chosen channel reaches goes by any that does; who is gone is told nothing", async () => {
    const other = await app.addPerson({ phone: "13800000003" });
    await app.ctx.db
      .insertInto("telling_preferences")
      .values({
        person_id: other,
        channels: JSON.stringify({ notice: [], warning: [], danger: ["push"] }),
        quiet_from: null,
        quiet_until: null,
        language: "en",
        changed_at: new Date(app.clock.nowMs()),
      })
      .execute();
    const gone = await app.addPerson({ phone: "13800000004", isActive: false });
    await say("danger", { personIds: [other, gone] });
    await go();
    expect(out.told()).toEqual(["sms Order to rectify", "voice Order to rectify"]);
  });

  test("what a provider does not take is tried again with longer pauses, then given up, on record", async () => {
    out.trouble("push", ...Array.from({ length: MOST_ATTEMPTS }, () => new NotTaken("http-503")));
    await say("notice");
    await go();
    const waits: number[] = [];
    for (let round = 0; round < MOST_ATTEMPTS - 1; round++) {
      const [one] = await deliveries();
      expect(one).toMatchObject({ status: "waiting", attempts: round + 1, last_error: "http-503" });
      const waitMs = one!.next_attempt_at!.getTime() - app.clock.nowMs();
      waits.push(waitMs);
      app.clock.advance(waitMs - 1);
      expect(await sendMessages(app.ctx)).toBe(0);
      app.clock.advance(1);
      expect(await sendMessages(app.ctx)).toBe(1);
    }
    waits.forEach((waitMs, index) => {
      expect(waitMs).toBeGreaterThanOrEqual(1_000);
      expect(waitMs).toBeLessThanOrEqual(1_000 + 30_000 * 2 ** index);
    });
    expect(await deliveries()).toMatchObject([
      { status: "given-up", attempts: MOST_ATTEMPTS, last_error: "http-503" },
    ]);
    expect(out.sent).toEqual([]);
  });

  test("what is refused for good is given up at once", async () => {
    out.trouble("sms", new NotTaken("FailedOperation.PhoneNumberInBlacklist", { isFinal: true }));
    await say("danger");
    await go();
    expect(await deliveries()).toMatchObject([
      { channel: "push", status: "sent" },
      { channel: "sms", status: "given-up", attempts: 1 },
      { channel: "voice", status: "sent" },
    ]);
  });

  test("what is acknowledged before it went out does not go out", async () => {
    out.trouble("voice", new NotTaken("LimitExceeded"));
    await say("danger");
    await go();
    const now = new Date(app.clock.nowMs());
    await app.ctx.db.updateTable("messages").set({ acknowledged_at: now, opened_at: now }).execute();
    app.clock.advance(HOUR_MS);
    await go();
    expect(out.told()).toEqual(["push 整改通知", "sms 整改通知"]);
    expect((await deliveries()).at(-1)).toMatchObject({ channel: "voice", status: "not-needed" });
  });

  test("two servers at once tell nobody twice", async () => {
    const people: PersonId[] = [];
    for (let n = 0; n < 120; n++) people.push(await app.addPerson({ phone: `1380001${1000 + n}` }));
    await say("danger", { personIds: people });
    await Promise.all([planMessages(app.ctx), planMessages(app.ctx)]);
    await Promise.all([sendMessages(app.ctx), sendMessages(app.ctx), sendMessages(app.ctx)]);
    await sendMessages(app.ctx);
    const sms = out.sent.filter(({ channel }) => channel === "sms").map(({ to }) => to.phone);
    expect(sms).toHaveLength(120);
    expect(new Set(sms).size).toBe(120);
  });

  test("a server that dies while it sends loses nothing: another goes on after the lease", async () => {
    let die!: () => void;
    const dead = new Promise<void>((resolve) => {
      die = resolve;
    });
    const hangs = () => new Promise<void>((_, fail) => void dead.then(() => fail(new NotTaken("died"))));
    for (const channel of ["push", "sms", "voice"] as const) out.trouble(channel, hangs);
    await say("danger");
    await planMessages(app.ctx);
    const dying = sendMessages(app.ctx);
    await expect.poll(async () => (await deliveries()).every(({ attempts }) => attempts === 1)).toBe(true);
    expect(await sendMessages(app.ctx)).toBe(0);
    app.clock.advance(LEASE_MS);
    expect(await sendMessages(app.ctx)).toBe(3);
    expect(out.told()).toEqual(["push 整改通知", "sms 整改通知", "voice 整改通知"]);
    die();
    await dying;
    // What the dead one would say afterwards does not count: it is dead. Here it lives on and must not undo what was sent.
    expect(await deliveries()).toMatchObject([{ status: "sent" }, { status: "sent" }, { status: "sent" }]);
  });

  test("a text message that may have gone out goes out again only for a danger", async () => {
    await app.ctx.db
      .insertInto("telling_preferences")
      .values({
        person_id: personId,
        channels: JSON.stringify({ notice: ["push", "sms"], warning: [], danger: ["sms"] }),
        quiet_from: null,
        quiet_until: null,
        language: "zh-CN",
        changed_at: new Date(app.clock.nowMs()),
      })
      .execute();
    await say("notice");
    await planMessages(app.ctx);
    await app.ctx.db.updateTable("message_deliveries").set({ attempts: 1, is_trying: true }).execute();
    await sendMessages(app.ctx);
    expect(await deliveries()).toMatchObject([
      { channel: "push", status: "sent" },
      { channel: "sms", status: "given-up", last_error: "outcome-unknown" },
    ]);
    out.trouble("sms", new NotTaken("timeout", { isUnknown: true }));
    await say("danger");
    await go();
    app.clock.advance(HOUR_MS);
    await go();
    expect(out.told()).toEqual(["push 整改通知", "sms 整改通知"]);
  });

  test("no number stands in the log or in the rows", async () => {
    out.trouble("sms", new NotTaken("timeout"));
    await say("danger");
    await go();
    const rows = JSON.stringify([
      await app.ctx.db.selectFrom("messages").selectAll().execute(),
      await app.ctx.db.selectFrom("message_deliveries").selectAll().execute(),
    ]);
    expect(rows + app.logLines.join("\n")).not.toContain("13800000001");
  });
});
