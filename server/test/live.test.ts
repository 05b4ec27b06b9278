import type { LiveMessage } from "@hanyouxu/api";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { closeUnansweredSessions } from "../src/features/work-sessions/work-sessions.ts";
import { buildMachine, buildWelder, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { LiveReader, viewOf } from "./live-reader.ts";
import { type TwoFirms, twoFirms } from "./two-firms.ts";

const everywhere = { everywhere: true, regions: [], enterprises: [] };

describe.each(engines)("the live picture on %s", (engine) => {
  let firms: TwoFirms;
  beforeEach(async () => {
    firms = await twoFirms(engine);
    await firms.app.picture.refresh();
  });
  afterEach(() => firms?.app.close());

  const follow = (
    scope = everywhere as Parameters<TwoFirms["app"]["picture"]["follow"]>[0],
    view = viewOf(),
  ) => {
    const reader = new LiveReader();
    const following = firms.app.picture.follow(scope, reader.send, undefined, reader.port);
    following.look(view);
    return { reader, ...following };
  };
  /** What the last tick told of machines: their states by name. */
  const news = async (reader: LiveReader, ms?: number) => {
    const before = reader.states();
    await tick(ms);
    return Object.fromEntries(
      Object.entries(reader.states()).filter(([name, state]) => before[name] !== state),
    );
  };
  const tick = async (ms = 1_000) => {
    firms.app.clock.advance(ms);
    await firms.app.picture.refresh();
  };

  test("begins with a snapshot and goes on with what changes, in numbered messages", async () => {
    const { app, own, workSessionId } = firms;
    const { reader, resync } = follow();
    expect(reader.messages).toMatchObject([
      { type: "snapshot", sequence: 1 },
      { type: "view", sequence: 2, view: 1, machines: 3, isTooMany: false },
    ]);
    expect(reader.states()).toEqual({ 演示一号: "arcing", 演示二号: "idle", 演示外县: "idle" });
    expect(reader.frames).toHaveLength(1);
    await tick();
    expect(reader.messages[2]).toMatchObject({ type: "delta", sequence: 3, changed: [] });
    expect(reader.frames).toHaveLength(1);
    await app.say(own.machine.chip.deEnergised(workSessionId));
    expect(await news(reader)).toEqual({ 演示一号: "idle" });
    expect(reader.messages[3]).toMatchObject({ type: "delta", sequence: 4, states: { idle: 3, arcing: 0 } });
    // A head, and what changed: one machine.
    expect(reader.frames[1]).toHaveLength(16 + 14);
    resync();
    expect(reader.messages[4]).toMatchObject({ type: "snapshot", sequence: 5 });
    expect(reader.frames).toHaveLength(3);
    expect(reader.machines()).toHaveLength(3);
  });

  test("tells the strongest arcs with the figures, again only when they have changed", async () => {
    const { app, own, workSessionId } = firms;
    const { reader } = follow();
    expect(reader.of("snapshot")[0]!.strongest).toMatchObject([{ name: "演示一号", currentAmps: 123 }]);
    await tick();
    expect(reader.of("delta")[0]!.strongest).toBeUndefined();
    await app.say(own.machine.chip.deEnergised(workSessionId));
    await tick();
    expect(reader.of("delta")[1]!.strongest).toEqual([]);
  });

  test("tells of the cells and the filter that are looked at, and of watched machines that they changed", async () => {
    const { app, own, foreign } = firms;
    const { reader, look } = follow(everywhere, viewOf({ cells: [] }));
    expect(reader.machines()).toEqual([]);
    look(viewOf({ view: 2, filter: { processes: ["GMAW"] }, watched: [foreign.machine.machineId] }));
    expect(reader.of("view")[1]).toMatchObject({ view: 2, machines: 1 });
    expect(reader.states()).toEqual({ 演示二号: "idle" });
    await app.say(foreign.machine.chip.event("tamper", { raised: true }));
    await tick();
    expect(reader.of("delta").at(-1)).toMatchObject({
      changed: [foreign.machine.machineId],
      states: { idle: 1, tampered: 0 },
      counters: { machines: 3, alarms: 1 },
    });
    expect(reader.states()).toEqual({ 演示二号: "idle" });
    look(viewOf({ view: 3, filter: { states: ["idle"] } }));
    expect(reader.states()).toEqual({ 演示二号: "idle" });
    await app.say(own.idle.chip.event("tamper", { raised: true }));
    await tick();
    // What a filter of states leaves out is counted, so that it can be asked for.
    expect(reader.of("delta").at(-1)!.states).toMatchObject({ arcing: 1, idle: 0, tampered: 2 });
    expect(reader.states()).toEqual({});
  });

  test("tells of a machine that is called something else from now on", async () => {
    const { app, own } = firms;
    const { reader } = follow();
    await app.ctx.db
      .updateTable("machines")
      .set({ name: "演示改名" })
      .where("machine_id", "=", own.idle.machineId)
      .execute();
    await tick();
    expect(reader.states()).toEqual({ 演示一号: "arcing", 演示改名: "idle", 演示外县: "idle" });
  });

  test("tells of machines with an open alarm wherever they are", async () => {
    const { app, foreign } = firms;
    const { reader } = follow(everywhere, viewOf({ cells: [], hasAlarms: true }));
    expect(reader.machines()).toEqual([]);
    await app.say(foreign.machine.chip.event("tamper", { raised: true }));
    await tick();
    expect(reader.machines()).toMatchObject([{ name: "演示外县", state: "tampered", alarm: "danger" }]);
  });

  test("says nothing to a page that takes nothing, tells it all when it has caught up, and cuts it off in the end", async () => {
    const { app, own, workSessionId } = firms;
    const { reader } = follow();
    reader.bufferedBytes = 300_000;
    await app.say(own.machine.chip.deEnergised(workSessionId));
    await tick();
    expect([reader.messages.length, reader.frames.length]).toEqual([2, 1]);
    reader.bufferedBytes = 0;
    await tick();
    expect(reader.states()).toMatchObject({ 演示一号: "idle" });
    reader.bufferedBytes = 300_000;
    for (let n = 0; n < 30; n++) await tick();
    expect(reader.isClosed).toBe(false);
    await tick();
    expect(reader.isClosed).toBe(true);
  });

  test("shows only what lies within reach", async () => {
    const { own, foreign } = firms;
    const inCounty = follow({ everywhere: false, regions: [county], enterprises: [] });
    const inOther = follow({ everywhere: false, regions: [otherCounty], enterprises: [] });
    const ofFirm = follow({ everywhere: false, regions: [], enterprises: [own.enterpriseId] });
    const ofNobody = follow({ everywhere: false, regions: [], enterprises: [] });
    await firms.app.say(foreign.machine.chip.event("tamper", { raised: true }));
    await tick();
    for (const { reader } of [inCounty, ofFirm]) {
      expect(Object.keys(reader.states()).sort()).toEqual(["演示一号", "演示二号"].sort());
      expect(reader.frames).toHaveLength(1);
      expect(reader.of("delta")[0]!.counters).toEqual({
        machines: 2,
        online: 2,
        working: 1,
        refusedToday: 1,
        alarms: 0,
      });
    }
    expect(inOther.reader.states()).toEqual({ 演示外县: "tampered" });
    expect(inOther.reader.of("delta")[0]!.counters).toEqual({
      machines: 1,
      online: 1,
      working: 0,
      refusedToday: 0,
      alarms: 1,
    });
    expect(ofNobody.reader.machines()).toEqual([]);
    expect(ofNobody.reader.of("delta")[0]).toMatchObject({ counters: { machines: 0, refusedToday: 0 } });
  });

  test("turns machines offline when their lease is over, at once when the broker says that they left", async () => {
    const { app, own } = firms;
    const { reader } = follow();
    await app.say(own.idle.chip.gone());
    expect(await news(reader)).toEqual({ 演示二号: "offline" });
    expect(await news(reader, 178_000)).toEqual({});
    expect(await news(reader, 2_000)).toEqual({ 演示一号: "offline", 演示外县: "offline" });
    expect(reader.of("delta").at(-1)!.counters).toMatchObject({ machines: 3, online: 0, working: 0 });
    await app.say(own.idle.chip.hello());
    expect(await news(reader)).toEqual({ 演示二号: "idle" });
  });

  test("reads a machine once for what its chip has said, though the look after the next still finds it", async () => {
    const { app, own } = firms;
    // The walk through all machines takes two at a tick, the oldest first: it is past the firms' own three, and busy with these.
    app.clock.advance(1_000);
    for (let more = 0; more < 40; more++)
      await buildMachine(app.ctx, { enterpriseId: own.enterpriseId, hasChip: false });
    for (let ticks = 0; ticks < 4; ticks++) await tick();
    const put = vi.spyOn(app.picture.columns, "put");
    const readsAtTick = async () => {
      put.mockClear();
      await tick();
      return put.mock.calls.filter(([{ machineId }]) => machineId === own.idle.machineId).length;
    };
    const inFourTicks = async () => [
      await readsAtTick(),
      await readsAtTick(),
      await readsAtTick(),
      await readsAtTick(),
    ];
    await app.say(own.idle.chip.telemetry());
    expect(await inFourTicks()).toEqual([1, 0, 0, 0]);
    await app.say(own.idle.chip.telemetry());
    expect(await readsAtTick()).toBe(1);
    // Again within the same look back: written anew, so read anew.
    await app.say(own.idle.chip.gone());
    expect(await inFourTicks()).toEqual([1, 0, 0, 0]);
  });

  test("forgets a grant that nobody answered without a word from the chip", async () => {
    const { app, own } = firms;
    const welder = await buildWelder(app, { enterprises: [own.enterpriseId] });
    const { reader } = follow();
    const response = await firms.start(welder, own.idle.machineCode);
    expect(response.json().outcome).toBe("grant");
    await app.say(own.idle.chip.telemetry());
    expect(await news(reader)).toEqual({ 演示二号: "granted" });
    await tick(75_000);
    await closeUnansweredSessions(app.ctx);
    await tick();
    expect(reader.states()).toMatchObject({ 演示二号: "idle" });
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
    const reader = new LiveReader();
    // Listening begins with the connection: the snapshot comes with it.
    const socket = await firms.app.http.injectWS(
      "/api/live",
      { headers },
      {
        onInit: (ws: { on(event: "message", listener: (data: Buffer, isBinary: boolean) => void): void }) =>
          void ws.on("message", (data, isBinary) => {
            if (isBinary) reader.takeFrame(data);
            else reader.send(JSON.parse(data.toString()) as LiveMessage);
          }),
      },
    );
    return { reader, socket };
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
    const { reader, socket } = await open({ cookie: (await cookieOf("regulator")).cookie });
    await expect.poll(() => reader.messages.length).toBe(1);
    for (const text of ["nonsense", "{}", '{"type":"resync"}', '{"type":"resync"}']) socket.send(text);
    await expect.poll(() => reader.messages.length).toBe(2);
    socket.send(JSON.stringify(viewOf()));
    await expect.poll(() => reader.machines().length).toBe(2);
    expect(Object.keys(reader.states()).sort()).toEqual(["演示一号", "演示二号"].sort());
    firms.app.clock.advance(1_000);
    await firms.app.picture.refresh();
    await expect.poll(() => reader.messages.length).toBe(4);
    expect(reader.messages.map(({ type, sequence }) => `${sequence} ${type}`)).toEqual([
      "1 snapshot",
      "2 snapshot",
      "3 view",
      "4 delta",
    ]);
    socket.terminate();
  });

  test("takes up what is looked at four times a second at most, the last of it", async () => {
    const { reader, socket } = await open({ cookie: (await cookieOf("regulator")).cookie });
    for (const view of [1, 2, 3])
      socket.send(JSON.stringify(viewOf({ view, ...(view === 3 ? { cells: [] } : {}) })));
    socket.send('{"type":"resync"}');
    await expect.poll(() => reader.of("snapshot").length).toBe(2);
    expect(reader.of("view").map(({ view }) => view)).toEqual([1]);
    firms.app.clock.advance(250);
    await expect.poll(() => reader.of("view").map(({ view }) => view)).toEqual([1, 3]);
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
