import {
  type EnterpriseId,
  encodeAnswerFrame,
  encodeEvent,
  GENESIS_HASH,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Ingest } from "../src/ingest/ingest.ts";
import { ChipVoice } from "./chip-voice.ts";
import { type BuiltMachine, buildEnterprise, buildMachine } from "./county.ts";
import { engines, withDatabase } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

describe.each(engines)("ingest on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let machine: BuiltMachine;
  let chip: ChipVoice;
  beforeAll(async () => {
    app = await withPlatform(engine);
    enterpriseId = await buildEnterprise(app.ctx);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    app.clock.advance(60_000);
    machine = await buildMachine(app.ctx, { enterpriseId });
    chip = machine.chip;
  });

  const eventsOf = async ({ chipId }: ChipVoice) =>
    await app.ctx.db
      .selectFrom("chip_events")
      .selectAll()
      .where("chip_id", "=", chipId)
      .orderBy("boot")
      .orderBy("seq")
      .execute();
  const numbersOf = async (one: ChipVoice) => (await eventsOf(one)).map(({ boot, seq }) => `${boot}/${seq}`);
  const twinOf = async ({ chipId }: ChipVoice) =>
    await app.ctx.db.selectFrom("twins").selectAll().where("chip_id", "=", chipId).executeTakeFirstOrThrow();
  const quarantinedOf = async ({ chipId }: { chipId: string }) =>
    await app.ctx.db
      .selectFrom("quarantined_frames")
      .select(["channel", "reason", "field", "payload"])
      .where("chip_id", "=", chipId)
      .orderBy("channel")
      .execute();
  const acknowledgementsTo = (one: ChipVoice) =>
    app
      .commandsTo(one)
      .flatMap((command) => (command.kind === "acknowledgement" ? [`${command.boot}/${command.seq}`] : []));
  const counted = async (reason: string) =>
    (await app.ctx.metrics.quarantinedFrames.get()).values.find(({ labels }) => labels.reason === reason)
      ?.value ?? 0;
  const doors = (count: number) =>
    Array.from({ length: count }, () => chip.event("locked", { locked: false }));

  test("keeps each event once, in order, and acknowledges how far it has them", async () => {
    const [first, second, third, fourth] = doors(4);
    await app.say(first!, second!);
    expect(acknowledgementsTo(chip)).toEqual(["1/2"]);
    await app.say(second!, fourth!);
    expect(acknowledgementsTo(chip)).toEqual(["1/2", "1/2"]);
    expect(await numbersOf(chip)).toEqual(["1/1", "1/2"]);
    await app.say(third!, fourth!, first!);
    expect(acknowledgementsTo(chip).at(-1)).toBe("1/4");
    expect(await numbersOf(chip)).toEqual(["1/1", "1/2", "1/3", "1/4"]);
    expect((await eventsOf(chip)).every(({ chain_intact, raw }) => chain_intact && raw.length > 20)).toBe(
      true,
    );
  });

  test("waits for what is missing of the boot before, however early the next boot's events come", async () => {
    const before = doors(2);
    chip.reboot();
    const after = doors(2);
    await app.say(after[0]!);
    await app.say(before[0]!, after[0]!, after[1]!);
    expect(await numbersOf(chip)).toEqual(["1/1"]);
    await app.say(before[1]!, ...after);
    expect(await numbersOf(chip)).toEqual(["1/1", "1/2", "2/1", "2/2"]);
  });

  test("goes on behind a gap that will never be filled, and keeps that the chain is broken", async () => {
    const [first, , third, fourth] = doors(4);
    await app.say(first!);
    for (let round = 0; round < 4; round++) {
      await app.say(...[third!, fourth!].map((one) => ({ ...one, receivedAtMs: app.clock.nowMs() })));
      app.clock.advance(40_000);
    }
    expect(await numbersOf(chip)).toEqual(["1/1", "1/3", "1/4"]);
    expect((await eventsOf(chip)).map(({ chain_intact }) => chain_intact)).toEqual([true, false, true]);
    expect(acknowledgementsTo(chip).at(-1)).toBe("1/4");
  });

  test("sets malformed frames, unknown chips and revoked chips aside with the reason, and counts them", async () => {
    const before = await counted("malformed-cbor");
    const stranger = new ChipVoice(() => app.clock.nowMs());
    const { chip: revoked } = await buildMachine(app.ctx, { enterpriseId });
    await app.ctx.db
      .updateTable("chips")
      .set({ revoked_at: new Date(app.clock.nowMs()) })
      .where("chip_id", "=", revoked.chipId)
      .execute();
    await app.say(
      chip.message("e", Uint8Array.of(0xff, 0x00)),
      chip.message("t", new Uint8Array()),
      chip.message("a", Uint8Array.of(0x80)),
      stranger.hello(),
      revoked.event("tamper", { raised: true }),
      chip.event("locked", { locked: false }),
    );
    expect(await quarantinedOf(chip)).toMatchObject([
      { channel: "a", reason: "wrong-shape" },
      { channel: "e", reason: "malformed-cbor", payload: Uint8Array.of(0xff, 0x00) },
      { channel: "t", reason: "malformed-cbor" },
    ]);
    expect(await quarantinedOf(stranger)).toMatchObject([{ reason: "chip-unknown" }]);
    expect(await quarantinedOf(revoked)).toMatchObject([{ reason: "chip-revoked" }]);
    expect(await eventsOf(revoked)).toEqual([]);
    expect(await numbersOf(chip)).toEqual(["1/1"]);
    expect(await counted("malformed-cbor")).toBeGreaterThan(before);
  });
  test("keeps no more of a frame set aside than tells what it was", async () => {
    await app.say(chip.message("e", new Uint8Array(4096).fill(0xff)));
    expect((await quarantinedOf(chip))[0]!.payload).toHaveLength(512);
  });

  test("takes the largest values the protocol allows", async () => {
    const most = 2 ** 32 - 1;
    const time = {
      boot: most,
      uptimeMs: Number.MAX_SAFE_INTEGER,
      clockMs: 4_102_444_800_000,
      clockTrust: "drifting",
    } as const;
    const hello = encodeAnswerFrame({
      ...time,
      kind: "hello",
      nonce: "0011223344556677",
      stateVersion: most,
      relayClosed: false,
      locked: false,
      lastSeq: most,
      firmware: "f".repeat(32),
      configurationVersion: most,
      connection: most,
    });
    const deEnergised = encodeEvent({
      ...time,
      seq: 1,
      stateVersion: most,
      previousHash: GENESIS_HASH,
      kind: "de-energised",
      data: {
        workSessionId: app.ctx.newId() as WorkSessionId,
        reason: "idle",
        energisedMs: Number.MAX_SAFE_INTEGER,
        arcMs: Number.MAX_SAFE_INTEGER,
        arcCount: most,
        energyKilojoules: most,
        peakDeciamps: 65_535,
      },
    });
    await app.say(chip.message("a", hello), chip.message("e", deEnergised));
    await app.say(chip.telemetry({ offsetMs: 65_535_000 }));
    expect(await quarantinedOf(chip)).toEqual([]);
    expect(await eventsOf(chip)).toHaveLength(1);
    expect(await twinOf(chip)).toMatchObject({ uptime_ms: Number.MAX_SAFE_INTEGER, state_version: most });
  });

  test("sets a message aside that fails by itself, and takes the others of its batch", async () => {
    const poison = await buildMachine(app.ctx, { enterpriseId });
    const bad = poison.chip.event("locked", { locked: true });
    await sql`create function refuse_poison() returns trigger language plpgsql as
              $$ begin raise exception 'poison'; end $$`.execute(app.ctx.db);
    await sql
      .raw(`create trigger poison before insert on chip_events for each row
                   when (new.chip_id = '${poison.chip.chipId}') execute function refuse_poison()`)
      .execute(app.ctx.db);
    try {
      await app.say(chip.event("locked", { locked: false }), bad, chip.telemetry());
    } finally {
      await sql`drop trigger poison on chip_events`.execute(app.ctx.db);
      await sql`drop function refuse_poison`.execute(app.ctx.db);
    }
    expect(await numbersOf(chip)).toEqual(["1/1"]);
    expect(await quarantinedOf(poison.chip)).toMatchObject([{ reason: "step-failed" }]);
    expect(acknowledgementsTo(poison.chip)).toEqual([]);
    // Nothing is lost: the chip says it again.
    await app.say(bad);
    expect(await numbersOf(poison.chip)).toEqual(["1/1"]);
  });

  test("acknowledges nothing that it could not commit, and takes it when it comes again", async () => {
    const away = await withDatabase("pglite");
    await sql`select 1`.execute(away.db);
    await away.close();
    const lost = new Ingest({ ...app.ctx, db: away.db });
    const event = chip.event("locked", { locked: false });
    const other = chip.telemetry();
    const failed = await Promise.allSettled([lost.take(event), lost.take(other)]);
    await lost.drain();
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(acknowledgementsTo(chip)).toEqual([]);
    expect(await eventsOf(chip)).toEqual([]);
    await app.say(event, other);
    expect(await numbersOf(chip)).toEqual(["1/1"]);
    expect(acknowledgementsTo(chip)).toEqual(["1/1"]);
  });

  test("commits what comes together in one transaction", async () => {
    const batches = async () =>
      (await app.ctx.metrics.ingestBatchSeconds.get()).values.find(({ metricName }) =>
        metricName?.endsWith("_count"),
      )!.value;
    const chips = await Promise.all(
      Array.from({ length: 40 }, async () => (await buildMachine(app.ctx, { enterpriseId })).chip),
    );
    const before = await batches();
    await app.say(...chips.map((one) => one.event("locked", { locked: false })));
    expect(await batches()).toBe(before + 1);
    for (const one of chips) expect(acknowledgementsTo(one)).toEqual(["1/1"]);
  });

  test("a broker that takes nothing holds up no commit", async () => {
    const publish = app.broker.publish;
    app.broker.publish = () => Promise.reject(new Error("away"));
    await app.say(chip.hello(), chip.event("locked", { locked: false }));
    app.broker.publish = publish;
    expect(await numbersOf(chip)).toEqual(["1/1"]);
    expect(acknowledgementsTo(chip)).toEqual([]);
    await app.say(chip.hello());
    expect(acknowledgementsTo(chip)).toEqual(["1/1"]);
  });

  test("answers a hello with the time, the acknowledgement and what the chip missed, in this order", async () => {
    await app.say(...doors(1));
    await app.ctx.db
      .updateTable("machines")
      .set({ is_locked: true })
      .where("machine_id", "=", machine.machineId)
      .execute();
    const before = app.commandsTo(chip).length;
    await app.say(chip.hello());
    const said = app.commandsTo(chip).slice(before);
    expect(said).toMatchObject([
      { kind: "time", platformMs: app.clock.nowMs(), nonce: "0011223344556677" },
      { kind: "acknowledgement", boot: 1, seq: 1 },
      { kind: "lock", locked: true },
    ]);
    await app.say(chip.hello({ locked: true }));
    expect(
      app
        .commandsTo(chip)
        .slice(before)
        .filter(({ kind }) => kind === "lock"),
    ).toHaveLength(1);
  });

  test("a twin goes only forwards: late readings and late events put nothing back", async () => {
    const lateBatch = chip.telemetry({ arcCurrentDeciamps: 1_000, flags: { arcOn: true } });
    const lateEvent = chip.event("energised", { workSessionId: app.ctx.newId() as never });
    app.clock.advance(60_000);
    await app.say(chip.hello());
    await app.say(chip.telemetry({ arcCurrentDeciamps: 42, flags: { arcOn: false } }));
    const before = await twinOf(chip);
    app.clock.advance(1_000);
    const receivedAtMs = app.clock.nowMs();
    await app.say({ ...lateBatch, receivedAtMs }, { ...lateEvent, receivedAtMs });
    const after = await twinOf(chip);
    expect(after).toEqual({ ...before, last_heard_at: new Date(receivedAtMs) });
    expect(after.current_amps).toBeCloseTo(4.2);
  });

  test("a twin remembers tamper until the chip says that the loop is whole", async () => {
    await app.say(chip.telemetry({ flags: { tamperLoopIntact: false } }));
    app.clock.advance(1_000);
    await app.say(chip.telemetry());
    expect((await twinOf(chip)).is_tampered).toBe(true);
    await app.say(chip.event("tamper", { raised: false }));
    expect((await twinOf(chip)).is_tampered).toBe(false);
  });

  test("the will of a connection that has been replaced does not make a chip gone", async () => {
    await app.say(chip.hello());
    const will = chip.gone();
    await app.say(chip.hello());
    await app.say(will);
    expect((await twinOf(chip)).is_gone).toBe(false);
    await app.say(chip.gone());
    expect((await twinOf(chip)).is_gone).toBe(true);
    await app.say(chip.telemetry());
    expect((await twinOf(chip)).is_gone).toBe(false);
  });

  test("the clock of a chip is compared when it speaks, and corrects when its events happened", async () => {
    chip.clockErrorMs = -7_200_000;
    chip.clockTrust = "drifting";
    await app.say(chip.hello());
    expect((await twinOf(chip)).clock_skew_ms).toBe(7_200_000);
    const happenedMs = app.clock.nowMs();
    const event = chip.event("gas-warning", { gasLelPermille: 120, raised: true });
    app.clock.advance(30_000);
    await app.say({ ...event, receivedAtMs: app.clock.nowMs() });
    chip.clockTrust = "unknown";
    await app.say(chip.event("gas-cut", { gasLelPermille: 240 }));
    const [warning, cut] = await eventsOf(chip);
    expect(warning!.occurred_at.getTime()).toBe(happenedMs);
    expect(warning!.received_at.getTime()).toBe(happenedMs + 30_000);
    expect(cut!.occurred_at).toEqual(cut!.received_at);
  });
});
