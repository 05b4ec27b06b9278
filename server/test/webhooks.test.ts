import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { WebhookEventKind } from "@hanyouxu/api";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { EcJwk } from "../src/crypto/jwks.ts";
import { contentDigest } from "../src/crypto/message-signature.ts";
import { MAX_ATTEMPTS } from "../src/features/webhooks/deliver.ts";
import { deliverWebhooks, forgetDeliveries, tellSubscribers } from "../src/features/webhooks/webhooks.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildStaff,
  buildWelder,
  county,
  here,
  otherCounty,
  township,
} from "./county.ts";
import { engines } from "./database.ts";
import { isSigned } from "./is-signed.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { tellAll } from "./tell-all.ts";
import { codeOf } from "./two-firms.ts";

const ALL: readonly WebhookEventKind[] = [
  "work-session.granted",
  "work-session.ended",
  "decision.refused",
  "alarm.raised",
];

describe.each(engines)("webhooks on %s", (engine) => {
  let app: TestPlatform;
  let receiver: Server;
  let origin: string;
  /** The status that a message is answered with. */
  let answer: (body: string) => number = () => 204;
  const received: { headers: IncomingHttpHeaders; body: string; url: string }[] = [];
  let regulator: string;
  let otherRegulator: string;
  let welder: BuiltWelder;
  let unskilled: BuiltWelder;
  let machine: BuiltMachine;
  let clientId: string;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        received.push({ headers: request.headers, body, url: request.url ?? "" });
        response.writeHead(answer(body), { location: "http://127.0.0.1:1/" }).end();
      });
    });
    await new Promise<void>((ready) => receiver.listen(0, "127.0.0.1", ready));
    origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    app = await withPlatform(engine, { config: { webhookOrigins: [origin] } });
    const enterpriseId = await buildEnterprise(app.ctx);
    machine = await buildMachine(app.ctx, { enterpriseId });
    welder = await buildWelder(app, { enterprises: [enterpriseId] });
    unskilled = await buildWelder(app, { enterprises: [enterpriseId], certificate: null });
    await buildEnterprise(app.ctx, { region: otherCounty });
    regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    otherRegulator = (await buildStaff(app, "regulator", { region: otherCounty })).cookie;
    const made = await app.call("POST", "/api/sharing/clients", {
      cookie: regulator,
      body: { name: "演示应用", department: "public-security", region: county, fields: {} },
    });
    clientId = made.json().clientId;
    await app.bringOnline(machine.chip);
  });
  afterAll(async () => {
    await app?.close();
    receiver?.close();
  });
  beforeEach(async () => {
    await sql`delete from webhook_deliveries`.execute(app.ctx.db);
    await sql`delete from webhook_subscriptions`.execute(app.ctx.db);
    received.length = 0;
    answer = () => 204;
  });

  const subscribe = async (eventKinds = ALL, url = `${origin}/hook`, cookie = regulator) =>
    await app.call("POST", "/api/sharing/webhooks", { cookie, body: { clientId, url, eventKinds } });
  const setActive = async (url: string, isActive: boolean) =>
    expect((await app.call("PUT", url, { cookie: regulator, body: { isActive } })).statusCode).toBe(204);
  const start = async ({ cookie }: BuiltWelder) =>
    (
      await app.call("POST", "/api/work-sessions", {
        cookie,
        body: { machineCode: machine.machineCode, position: here, idempotencyKey: app.ctx.newId() },
      })
    ).json();
  const refuse = async (): Promise<string> => (await start(unskilled)).decisionId;
  const work = async (): Promise<string> => {
    const { workSessionId } = (await start(welder)).workSession;
    await app.say(machine.chip.energised(workSessionId));
    return workSessionId;
  };
  const finish = async (workSessionId: string) =>
    await app.say(machine.chip.deEnergised(workSessionId as never));
  const told = async () =>
    (
      await app.ctx.db
        .selectFrom("webhook_deliveries")
        .select(["sequence", "event_kind", "event"])
        .orderBy("sequence")
        .execute()
    ).map(({ sequence, event_kind, event }) => [sequence, event_kind, event.id]);

  const alarmOf = async (kind: "tamper" | "clock-stepped") =>
    await app.ctx.db
      .selectFrom("alarms")
      .select(["alarm_id", "handling"])
      .where("machine_id", "=", machine.machineId)
      .where("kind", "=", kind)
      .where("closed_at", "is", null)
      .executeTakeFirstOrThrow();
  const ALARMS = ["alarm.raised", "alarm.acknowledged", "alarm.dispatched", "alarm.closed"] as const;

  test("each event is told once, numbered in the order it happened", async () => {
    expect((await subscribe()).statusCode).toBe(201);
    const refused = await refuse();
    const session = await work();
    await app.say(machine.chip.event("tamper", { raised: true }));
    await app.say(machine.chip.event("tamper", { raised: false }));
    await finish(session);
    expect(await tellAll(app.ctx)).toBe(4);
    const { alarm_id: alarmId } = await alarmOf("tamper");
    expect(await told()).toEqual([
      [1, "decision.refused", refused],
      [2, "work-session.granted", session],
      [3, "alarm.raised", alarmId],
      [4, "work-session.ended", session],
    ]);
    // An ended session that changes again is no news.
    await sql`update work_sessions set arc_ms = arc_ms + 1 where work_session_id = ${session}`.execute(
      app.ctx.db,
    );
    expect(await tellAll(app.ctx)).toBe(0);
    const running = await work();
    expect(await tellAll(app.ctx)).toBe(1);
    await finish(running);
    expect(await tellAll(app.ctx)).toBe(1);
    expect((await told()).slice(4)).toEqual([
      [5, "work-session.granted", running],
      [6, "work-session.ended", running],
    ]);
  });

  test("an alarm is told of as it is raised, acknowledged, dispatched and closed, without anybody's name", async () => {
    await subscribe(ALARMS);
    const alarmId = (await alarmOf("tamper")).alarm_id;
    const act = async (what: string, body: object = {}) => {
      const done = await app.call("POST", `/api/alarms/${alarmId}/${what}`, { cookie: regulator, body });
      expect(done.statusCode, done.body).toBe(200);
    };
    await act("acknowledgement", { note: "演示收到" });
    await act("dispatch", { department: "fire-rescue", personId: null });
    await act("notes", { note: "演示备注" });
    await act("false-alarm", { reason: "演示误报" });
    await app.say(machine.chip.event("tamper", { raised: true }));
    const { alarm_id: again } = await alarmOf("tamper");
    await app.say(machine.chip.event("tamper", { raised: false }));
    expect(await tellAll(app.ctx)).toBe(4);
    expect(await tellAll(app.ctx)).toBe(0);
    expect(await told()).toEqual([
      [1, "alarm.acknowledged", alarmId],
      [2, "alarm.dispatched", alarmId],
      [3, "alarm.closed", alarmId],
      [4, "alarm.raised", again],
    ]);
    await deliverWebhooks(app.ctx);
    const { machineId } = machine;
    const alarm = { kind: "tamper", severity: "danger", region: township, machineId, department: null };
    expect(received.map(({ body }) => JSON.parse(body).event)).toEqual([
      { resource: "alarms", id: alarmId, alarm: { ...alarm, handling: "acknowledged" } },
      {
        resource: "alarms",
        id: alarmId,
        alarm: { ...alarm, handling: "dispatched", department: "fire-rescue" },
      },
      { resource: "alarms", id: alarmId, alarm: { ...alarm, handling: "false-alarm" } },
      { resource: "alarms", id: again, alarm: { ...alarm, handling: "unacknowledged" } },
    ]);
    expect(received.map(({ body }) => body).join()).not.toMatch(/演示/);
  });

  test("alarms of another region are not told", async () => {
    await sql`update api_clients set region_code = ${otherCounty}`.execute(app.ctx.db);
    await subscribe(ALARMS, `${origin}/hook`, otherRegulator);
    const { alarm_id: alarmId } = await alarmOf("tamper");
    await app.call("POST", `/api/alarms/${alarmId}/acknowledgement`, { cookie: regulator, body: {} });
    expect(await tellAll(app.ctx)).toBe(0);
    await sql`update api_clients set region_code = ${county}`.execute(app.ctx.db);
  });

  test("what was delivered or given up is forgotten after the days that are kept, and never told again", async () => {
    await subscribe(["work-session.granted", "work-session.ended"]);
    const session = await work();
    await tellAll(app.ctx);
    await deliverWebhooks(app.ctx);
    const waiting = await sql`
      insert into webhook_deliveries (delivery_id, subscription_id, sequence, event_kind, event, source, occurred_at)
      select gen_random_uuid(), subscription_id, 9, 'decision.refused', '{"resource":"decisions","id":"x"}',
             'decision:x', now() - interval '900 days' from webhook_subscriptions`.execute(app.ctx.db);
    expect(waiting.numAffectedRows).toBe(1n);
    const days = app.ctx.config.webhookKeepDays;
    const at = (dayCount: number) => ({
      ...app.ctx,
      clock: { ...app.ctx.clock, nowMs: () => app.clock.nowMs() + dayCount * 86_400_000 },
    });
    expect(await forgetDeliveries(at(days - 1))).toBe(0);
    expect(await forgetDeliveries(at(days + 1))).toBe(1);
    // One that waits for its receiver stays, however old.
    expect((await told()).map(([sequence]) => sequence)).toEqual([9]);
    await sql`update work_sessions set arc_ms = arc_ms + 1 where work_session_id = ${session}`.execute(
      app.ctx.db,
    );
    expect(await tellAll(at(days + 1))).toBe(0);
    await finish(session);
  });

  test("what happened before, elsewhere, while switched off or of another kind is not told", async () => {
    const before = await work();
    await tellAll(app.ctx);
    const { subscriptionId } = (await subscribe(["work-session.granted", "work-session.ended"])).json();
    await refuse();
    await sql`update work_sessions set arc_ms = 1 where work_session_id = ${before}`.execute(app.ctx.db);
    await finish(before);
    await tellAll(app.ctx);
    expect(await told()).toEqual([[1, "work-session.ended", before]]);

    const webhook = `/api/sharing/webhooks/${subscriptionId}/active`;
    const client = `/api/sharing/clients/${clientId}/active`;
    for (const url of [webhook, client]) {
      await setActive(url, false);
      await finish(await work());
      expect(await tellAll(app.ctx)).toBe(0);
      await setActive(url, true);
      expect(await tellAll(app.ctx)).toBe(0);
    }
    await sql`update api_clients set region_code = ${otherCounty}`.execute(app.ctx.db);
    await finish(await work());
    expect(await tellAll(app.ctx)).toBe(0);
    await sql`update api_clients set region_code = ${county}`.execute(app.ctx.db);
  });

  test("a department is told only of what it may see, now", async () => {
    const sight = (level: string) =>
      sql`update departments set rights = jsonb_set(rights, '{decisions}', to_jsonb(${level}::text))
          where department_key = 'public-security'`.execute(app.ctx.db);
    await sight("counts");
    const beyond = await subscribe(["decision.refused", "alarm.raised"]);
    expect([codeOf(beyond), beyond.json().error.details]).toEqual([
      "403 api_client.beyond_department",
      { beyond: ["decisions"] },
    ]);
    await sight("rows");
    await subscribe(["decision.refused"]);
    await refuse();
    expect(await tellAll(app.ctx)).toBe(1);
    await sight("none");
    await refuse();
    expect(await tellAll(app.ctx)).toBe(0);
    await sight("rows");
  });

  test("a receiver hears in order: what fails holds back what comes after it", async () => {
    await subscribe(["decision.refused"]);
    const decisions = [await refuse(), await refuse(), await refuse()];
    await tellAll(app.ctx);
    answer = () => 503;
    expect(await deliverWebhooks(app.ctx)).toBe(1);
    answer = (body) => (body.includes(decisions[1]!) ? 503 : 204);
    app.clock.advance(3_600_000);
    expect(await deliverWebhooks(app.ctx)).toBe(2);
    answer = () => 204;
    app.clock.advance(3_600_000);
    expect(await deliverWebhooks(app.ctx)).toBe(2);
    const heard = received.map(({ body }) => JSON.parse(body));
    const order = [0, 0, 1, 1, 2];
    expect(heard.map(({ event }) => event.id)).toEqual(order.map((index) => decisions[index]));
    expect(heard.map(({ sequence }) => sequence)).toEqual(order.map((index) => index + 1));
  });

  test("two servers that tell at once write nothing twice", async () => {
    await subscribe();
    await refuse();
    await Promise.all([1, 2, 3].map(() => tellSubscribers(app.ctx)));
    await tellAll(app.ctx);
    expect(await told()).toHaveLength(1);
  });

  test("without a subscription nothing is written down", async () => {
    await refuse();
    expect(await tellSubscribers(app.ctx)).toBe(0);
    expect(await told()).toEqual([]);
  });

  test("a webhook is signed, tried again, given up, and sent again by hand", async () => {
    const make = (url: string, cookie = regulator) => subscribe(["decision.refused"], url, cookie);
    for (const url of [
      "http://example.org/",
      "https://10.0.0.1/",
      "https://u:p@example.org/",
      "https://[::1]/",
      "https://localhost/",
    ]) {
      expect([url, codeOf(await make(url))]).toEqual([url, "400 webhook.address_refused"]);
    }
    expect(codeOf(await make(`${origin}/hook`, otherRegulator))).toBe("403 region.out_of_scope");
    expect((await make(`${origin}/hook`)).statusCode).toBe(201);
    await refuse();
    answer = () => 302;
    expect(await tellAll(app.ctx)).toBe(1);
    expect(await deliverWebhooks(app.ctx)).toBe(1);
    for (let n = 1; n < MAX_ATTEMPTS; n++) {
      app.clock.advance(3_600_000);
      expect(await deliverWebhooks(app.ctx)).toBe(1);
    }
    app.clock.advance(3_600_000);
    expect(await deliverWebhooks(app.ctx)).toBe(0);
    // Redirects are failures, not ways.
    expect(received.every(({ url }) => url === "/hook")).toBe(true);
    expect(received).toHaveLength(MAX_ATTEMPTS);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    const list = async (who = regulator) =>
      (await app.call("GET", "/api/sharing/deliveries", { cookie: who })).json();
    const [dead] = (await list()).items;
    expect(dead).toMatchObject({ status: "dead", attempts: MAX_ATTEMPTS, lastStatus: 302 });
    expect((await list(otherRegulator)).total).toBe(0);
    const url = `/api/sharing/deliveries/${dead.deliveryId}/resend`;
    expect(codeOf(await app.call("POST", url, { cookie: otherRegulator }))).toBe("403 region.out_of_scope");
    expect((await app.call("POST", url, { cookie: regulator })).statusCode).toBe(204);
    answer = () => 204;
    expect(await deliverWebhooks(app.ctx)).toBe(1);
    expect((await list()).items[0]).toMatchObject({ status: "delivered", attempts: 1 });
    expect(codeOf(await app.call("POST", url, { cookie: regulator }))).toBe("409 webhook.not_dead");

    const { headers, body: sent } = received.at(-1)!;
    const input = String(headers["signature-input"]).replace(/^hy=/, "");
    const base = [
      '"@method": POST',
      `"@target-uri": ${origin}/hook`,
      '"content-type": application/json',
      `"content-digest": ${contentDigest(sent)}`,
      `"webhook-id": ${headers["webhook-id"]}`,
      `"webhook-timestamp": ${headers["webhook-timestamp"]}`,
      `"@signature-params": ${input}`,
    ].join("\n");
    const { keys } = (await app.call("GET", "/.well-known/jwks.json")).json() as { keys: EcJwk[] };
    expect(isSigned(keys[0]!, base, headers.signature)).toBe(true);
  });
});

describe("webhooks on postgresql, where transactions overlap", () => {
  test("one that ends later than it began is told of, in its turn", async () => {
    const app = await withPlatform("postgresql");
    const { ctx } = app;
    const enterpriseId = await buildEnterprise(ctx);
    const { machineId } = await buildMachine(ctx, { enterpriseId });
    const { welderId } = await buildWelder(app);
    const { cookie } = await buildStaff(app, "regulator", { region: county });
    const post = async (url: string, body: object) => (await app.call("POST", url, { cookie, body })).json();
    const client = { name: "演示应用", department: "public-security", region: county, fields: {} };
    const { clientId } = await post("/api/sharing/clients", client);
    const hook = { clientId, url: "https://example.com/hook", eventKinds: ["decision.refused"] };
    await post("/api/sharing/webhooks", hook);
    const decision = (decision_id: string) => ({
      decision_id: decision_id as never,
      decided_at: new Date(app.clock.nowMs()),
      welder_id: welderId,
      machine_id: machineId,
      region_code: county,
      outcome: "refuse" as const,
      reasons: "[]",
      facts: "{}",
      policy: "{}",
      packs_digest: "0",
      digest: "0",
    });
    const [slow, quick] = [ctx.newId(), ctx.newId()];
    await ctx.db.transaction().execute(async (tx) => {
      await tx.insertInto("decisions").values(decision(slow)).execute();
      await ctx.db.insertInto("decisions").values(decision(quick)).execute();
      expect(await tellSubscribers(ctx)).toBe(0);
    });
    expect(await tellAll(ctx)).toBe(2);
    const rows = await ctx.db.selectFrom("webhook_deliveries").select("event").orderBy("sequence").execute();
    expect(rows.map(({ event }) => event.id)).toEqual([slow, quick]);
    await app.close();
  });
});
