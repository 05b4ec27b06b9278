import type { LivePictureMessage } from "@hanyouxu/api";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { closeUnansweredSessions } from "../src/features/work-sessions/work-sessions.ts";
import { buildMachine, buildWelder, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { type TwoFirms, twoFirms } from "./two-firms.ts";

const everywhere = { everywhere: true, regions: [], enterprises: [] };

describe.each(engines)("the live picture on %s", (engine) => {
  let firms: TwoFirms;
  beforeEach(async () => {
    firms = await twoFirms(engine);
    await firms.app.picture.refresh();
  });
  afterEach(() => firms?.app.close());

  const statesOf = (message: LivePictureMessage) =>
    Object.fromEntries(message.machines.map(({ name, state }) => [name, state]));
  const follow = (scope = everywhere as Parameters<TwoFirms["app"]["picture"]["follow"]>[0]) => {
    const messages: LivePictureMessage[] = [];
    const following = firms.app.picture.follow(scope, (message) => {
      if (message.type !== "alarms") messages.push(message);
    });
    return { messages, ...following };
  };
  const tick = async (ms = 1_000) => {
    firms.app.clock.advance(ms);
    await firms.app.picture.refresh();
  };

  test("begins with a snapshot and goes on with what changes, in numbered messages", async () => {
    const { app, own, workSessionId } = firms;
    const { messages, resync } = follow();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ type: "snapshot", sequence: 1 });
    expect(statesOf(messages[0]!)).toEqual({ 演示一号: "arcing", 演示二号: "idle", 演示外县: "idle" });
    await tick();
    expect(messages[1]).toMatchObject({ type: "delta", sequence: 2, machines: [] });
    await app.say(own.machine.chip.deEnergised(workSessionId));
    await tick();
    expect(messages[2]).toMatchObject({ type: "delta", sequence: 3 });
    expect(statesOf(messages[2]!)).toEqual({ 演示一号: "idle" });
    resync();
    expect(messages[3]).toMatchObject({ type: "snapshot", sequence: 4 });
    expect(messages[3]!.machines).toHaveLength(3);
  });

  test("shows only what lies within reach", async () => {
    const { own, foreign } = firms;
    const inCounty = follow({ everywhere: false, regions: [county], enterprises: [] });
    const inOther = follow({ everywhere: false, regions: [otherCounty], enterprises: [] });
    const ofFirm = follow({ everywhere: false, regions: [], enterprises: [own.enterpriseId] });
    const ofNobody = follow({ everywhere: false, regions: [], enterprises: [] });
    await firms.app.say(foreign.machine.chip.event("tamper", { raised: true }));
    await tick();
    for (const { messages } of [inCounty, ofFirm]) {
      expect(Object.keys(statesOf(messages[0]!)).sort()).toEqual(["演示一号", "演示二号"].sort());
      expect(messages[1]!.machines).toEqual([]);
      expect(messages[1]!.counters).toEqual({
        machines: 2,
        online: 2,
        working: 1,
        refusedToday: 1,
        alarms: 0,
      });
    }
    expect(statesOf(inOther.messages[1]!)).toEqual({ 演示外县: "tampered" });
    expect(inOther.messages[1]!.counters).toEqual({
      machines: 1,
      online: 1,
      working: 0,
      refusedToday: 0,
      alarms: 1,
    });
    expect(ofNobody.messages[1]).toMatchObject({ machines: [], counters: { machines: 0, refusedToday: 0 } });
  });

  test("turns machines offline when their lease is over, at once when the broker says that they left", async () => {
    const { app, own } = firms;
    const { messages } = follow();
    await app.say(own.idle.chip.gone());
    await tick();
    expect(statesOf(messages.at(-1)!)).toEqual({ 演示二号: "offline" });
    await tick(178_000);
    expect(statesOf(messages.at(-1)!)).toEqual({});
    await tick(2_000);
    expect(statesOf(messages.at(-1)!)).toEqual({ 演示一号: "offline", 演示外县: "offline" });
    expect(messages.at(-1)!.counters).toMatchObject({ machines: 3, online: 0, working: 0 });
    await app.say(own.idle.chip.hello());
    await tick();
    expect(statesOf(messages.at(-1)!)).toEqual({ 演示二号: "idle" });
  });

  test("forgets a grant that nobody answered without a word from the chip", async () => {
    const { app, own } = firms;
    const welder = await buildWelder(app, { enterprises: [own.enterpriseId] });
    const { messages } = follow();
    const response = await firms.start(welder, own.idle.machineCode);
    expect(response.json().outcome).toBe("grant");
    await app.say(own.idle.chip.telemetry());
    await tick();
    expect(statesOf(messages.at(-1)!)).toEqual({ 演示二号: "granted" });
    await tick(75_000);
    await closeUnansweredSessions(app.ctx);
    await tick();
    expect(statesOf(messages.at(-1)!)).toEqual({ 演示二号: "idle" });
  });

  test("counts the same as the database", async () => {
    const { app, own } = firms;
    await buildMachine(app.ctx, { enterpriseId: own.enterpriseId, name: "演示未通电" });
    await app.say(own.idle.chip.event("tamper", { raised: true }));
    for (let n = 0; n < 60; n++) await tick();
    const since = new Date(app.clock.nowMs() - 180_000);
    const { rows } = await sql<object>`
      select (select count(*) from machines) as machines,
             (select count(*) from twins where last_heard_at >= ${since} and not is_gone) as online,
             (select count(*) from twins where last_heard_at >= ${since} and relay_closed) as working,
             (select count(*) from decisions where outcome <> 'grant') as "refusedToday",
             (select count(*) from twins where is_tampered or is_faulted) as alarms`.execute(app.ctx.db);
    expect(app.picture.counters(everywhere)).toEqual(rows[0]);
  });

  test("counts refusals from midnight in Shanghai", async () => {
    expect(firms.app.picture.counters(everywhere).refusedToday).toBe(1);
    firms.app.clock.advance(16 * 3_600_000);
    for (let n = 0; n < 5; n++) await tick();
    expect(firms.app.picture.counters(everywhere).refusedToday).toBe(0);
  });
});

describe("the live connection", () => {
  let firms: TwoFirms;
  beforeEach(async () => {
    firms = await twoFirms("pglite");
    await firms.app.picture.refresh();
  });
  afterEach(() => firms?.app.close());

  const cookieOf = async (role: "regulator" | "installer") =>
    await firms.app.signInAs(role, { region: county });
  const open = async (headers: Record<string, string>) => {
    const messages: LivePictureMessage[] = [];
    // Listening begins with the connection: the snapshot comes with it.
    const socket = await firms.app.http.injectWS(
      "/api/live",
      { headers },
      {
        onInit: (ws: { on(event: "message", listener: (data: Buffer) => void): void }) =>
          void ws.on("message", (data) => messages.push(JSON.parse(data.toString()))),
      },
    );
    return { messages, socket };
  };
  const closed = (socket: { once(event: "close", listener: (code: number) => void): unknown }) =>
    new Promise<number>((resolve) => socket.once("close", resolve));

  test("is refused without a sign-in, to roles without a map, and to pages of other sites", async () => {
    await expect(open({})).rejects.toThrow("401");
    await expect(open({ cookie: (await cookieOf("installer")).cookie })).rejects.toThrow("403");
    await expect(open({ cookie: firms.own.welder.cookie })).rejects.toThrow("403");
    const { cookie } = await cookieOf("regulator");
    await expect(open({ cookie, origin: "https://evil.example" })).rejects.toThrow("403");
  });

  test("shows what its person may see, and a snapshot when asked, once a second at most", async () => {
    const { messages, socket } = await open({ cookie: (await cookieOf("regulator")).cookie });
    await expect.poll(() => messages.length).toBe(1);
    expect(messages[0]!.machines.map(({ name }) => name).sort()).toEqual(["演示一号", "演示二号"].sort());
    for (const text of ["nonsense", "{}", '{"type":"resync"}', '{"type":"resync"}']) socket.send(text);
    await expect.poll(() => messages.length).toBe(2);
    firms.app.clock.advance(1_000);
    await firms.app.picture.refresh();
    await expect.poll(() => messages.length).toBe(3);
    expect(messages.map(({ type, sequence }) => `${sequence} ${type}`)).toEqual([
      "1 snapshot",
      "2 snapshot",
      "3 delta",
    ]);
    socket.terminate();
  });

  test("ends with the sign-in it was opened by", async () => {
    const { personId, cookie } = await cookieOf("regulator");
    const { socket } = await open({ cookie });
    firms.app.clock.advance(30_000);
    expect(socket.readyState).toBe(socket.OPEN);
    await firms.app.ctx.db
      .updateTable("sign_ins")
      .set({ revoked_at: new Date(firms.app.clock.nowMs()) })
      .where("person_id", "=", personId)
      .execute();
    const code = closed(socket);
    // The check before is done when the timer of the next one is set.
    await expect.poll(() => firms.app.clock.nextDueMs()).toBeDefined();
    firms.app.clock.advance(30_000);
    expect(await code).toBe(4401);
  });

  test("ends when its person's roles change", async () => {
    const { personId, cookie } = await cookieOf("regulator");
    const { socket } = await open({ cookie });
    await firms.app.ctx.db.deleteFrom("role_grants").where("person_id", "=", personId).execute();
    const code = closed(socket);
    firms.app.clock.advance(30_000);
    expect(await code).toBe(4401);
  });
});
