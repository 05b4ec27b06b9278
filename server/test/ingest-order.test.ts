import type { EnterpriseId, WorkSessionId } from "@hanyouxu/protocol";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { UplinkMessage } from "../src/broker/broker.ts";
import { Ingest } from "../src/ingest/ingest.ts";
import type { ChipVoice } from "./chip-voice.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildWelder,
  here,
} from "./county.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

/** What a chip says from its first hello to its last, with the sessions it was granted. */
interface ChipLife {
  machine: BuiltMachine;
  messages: UplinkMessage[];
}

const CHIPS = 5;
const TIMEOUT_MS = 120_000;
let app: TestPlatform | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

/** Some work of every chip, one of them rebooting in the middle of it. */
async function liveAll(platform: TestPlatform): Promise<ChipLife[]> {
  const enterpriseId: EnterpriseId = await buildEnterprise(platform.ctx);
  const lives: ChipLife[] = [];
  for (let n = 0; n < CHIPS; n++) {
    const machine = await buildMachine(platform.ctx, { enterpriseId });
    const welder = await buildWelder(platform, { enterprises: [enterpriseId] });
    await platform.bringOnline(machine.chip);
    lives.push({ machine, messages: await live(platform, machine, welder, n) });
  }
  return lives;
}

async function live(platform: TestPlatform, machine: BuiltMachine, welder: BuiltWelder, n: number) {
  const { chip } = machine;
  const messages: UplinkMessage[] = [];
  const note = (message: UplinkMessage) => {
    messages.push(message);
    platform.clock.advance(1_000);
  };
  const response = await platform.call("POST", "/api/work-sessions", {
    cookie: welder.cookie,
    body: { machineCode: machine.machineCode, position: here, idempotencyKey: platform.ctx.newId() },
  });
  const workSessionId: WorkSessionId = response.json().workSession.workSessionId;
  const { commandId } = platform.lastCommandTo(chip, "grant");
  note(chip.answer(commandId, "accepted"));
  note(chip.event("granted", { workSessionId }));
  note(chip.energised(workSessionId));
  note(chip.telemetry({ flags: { arcOn: true }, arcCurrentDeciamps: 1_200 + n }));
  const totals = { energisedMs: 3_000, arcMs: 1_000, arcCount: n, energyKilojoules: 9, peakDeciamps: 1_200 };
  note(chip.event("arc-summary", { workSessionId, ...totals }));
  if (n === 0) note(chip.event("tamper", { raised: true }));
  if (n === 1) {
    chip.reboot();
    note(chip.event("booted", { firmware: "test-2", resetCause: "brown-out" }));
    note(chip.hello({ firmware: "test-2" }));
  }
  // One keeps working to the end.
  if (n !== 2) {
    note(chip.deEnergised(workSessionId, { ...totals, arcMs: 1_500 }, n === 1 ? "power-lost" : "stopped"));
    note(chip.checkpoint(workSessionId));
  }
  if (n === 3) note(chip.event("tamper", { raised: true }));
  if (n === 3) note(chip.event("tamper", { raised: false }));
  note(chip.telemetry({ arcCurrentDeciamps: n }));
  return messages;
}

/** All that is known at the end, without the times of arrival. */
async function outcome({ ctx }: TestPlatform, lives: readonly ChipLife[]) {
  return await Promise.all(
    lives.map(async ({ machine: { chip, machineId } }) => {
      const [session] = await ctx.db
        .selectFrom("work_sessions")
        .select([
          "status",
          "end_reason",
          "energised_at",
          "energised_ms",
          "arc_ms",
          "arc_count",
          "checkpoint_verified",
        ])
        .where("machine_id", "=", machineId)
        .execute();
      const events = await ctx.db
        .selectFrom("chip_events")
        .select(["boot", "seq", "kind", "data", "chain_intact", "work_session_id"])
        .where("chip_id", "=", chip.chipId)
        .orderBy("boot")
        .orderBy("seq")
        .execute();
      const twin = await ctx.db
        .selectFrom("twins")
        .select([
          "boot",
          "uptime_ms",
          "state_version",
          "relay_closed",
          "arc_on",
          "is_tampered",
          "current_amps",
          "firmware",
          "connection",
        ])
        .where("chip_id", "=", chip.chipId)
        .execute();
      const telemetry = await ctx.db
        .selectFrom("telemetry_hot")
        .select(["boot", "batch"])
        .where("chip_id", "=", chip.chipId)
        .orderBy("boot")
        .orderBy("batch")
        .execute();
      return { session, events, twin, telemetry };
    }),
  );
}

/** Puts the database back to before the chips spoke of their work, so that one county serves many runs. */
async function forget({ ctx }: TestPlatform, lives: readonly ChipLife[]): Promise<() => Promise<void>> {
  const chipIds = lives.map(({ machine }) => machine.chip.chipId);
  const [twins, chips] = [
    await ctx.db.selectFrom("twins").selectAll().execute(),
    await ctx.db.selectFrom("chips").selectAll().execute(),
  ];
  const telemetry = await ctx.db.selectFrom("telemetry_hot").selectAll().execute();
  const sessions = await ctx.db.selectFrom("work_sessions").selectAll().execute();
  return async () => {
    await ctx.db.deleteFrom("chip_events").where("chip_id", "in", chipIds).execute();
    await ctx.db.deleteFrom("telemetry_hot").execute();
    if (telemetry.length > 0) await ctx.db.insertInto("telemetry_hot").values(telemetry).execute();
    await ctx.db.deleteFrom("twins").execute();
    await ctx.db.insertInto("twins").values(twins).execute();
    for (const { chip_id, ...chip } of chips)
      await ctx.db.updateTable("chips").set(chip).where("chip_id", "=", chip_id).execute();
    for (const { work_session_id, ...row } of sessions) {
      await ctx.db
        .updateTable("work_sessions")
        .set(row)
        .where("work_session_id", "=", work_session_id)
        .execute();
    }
    await ctx.db.updateTable("commands").set({ answered_at: null, result: null }).execute();
  };
}

/**
 * The network at its worst: copies, any order, each batch of messages to one of the takers; the chip repeats its
 * events until they are acknowledged. Its last words come last, as those of a chip that is still there do.
 */
async function disturb(
  takers: readonly Ingest[],
  lives: readonly ChipLife[],
  draw: (max: number) => number,
  hasEvery: () => Promise<boolean>,
): Promise<void> {
  const all = lives.flatMap(({ messages }) => messages.slice(0, -1));
  const last = lives.map(({ messages }) => messages.at(-1)!);
  const events = all.filter(({ channel }) => channel === "e");
  await deliver(takers, shuffled([...all, ...all.filter(() => draw(3) === 0)], draw), draw);
  for (let round = 0; !(await hasEvery()); round++) {
    if (round > 40) throw new Error("the events do not arrive");
    await deliver(takers, shuffled([...events, ...events.filter(() => draw(4) === 0)], draw), draw);
  }
  await deliver(takers, [...last, ...last], draw);
}

async function deliver(takers: readonly Ingest[], messages: UplinkMessage[], draw: (max: number) => number) {
  for (let start = 0; start < messages.length; ) {
    const count = 1 + draw(40);
    // At the same time by every taker, so that they meet over the same chips.
    const parts = takers.map((taker, index) => ({
      taker,
      part: messages.slice(start + index * count, start + (index + 1) * count),
    }));
    start += takers.length * count;
    await Promise.all(
      parts.map(async ({ taker, part }) => {
        const taken = part.map((message) => taker.take(message));
        await taker.drain();
        await Promise.all(taken);
      }),
    );
  }
}

function shuffled<Item>(items: readonly Item[], draw: (max: number) => number): Item[] {
  const left = [...items];
  return items.map(() => left.splice(draw(left.length), 1)[0]!);
}

const eventsTaken = async ({ ctx }: TestPlatform, lives: readonly ChipLife[]) => {
  const wanted = lives.reduce(
    (sum, { messages }) => sum + messages.filter(({ channel }) => channel === "e").length,
    0,
  );
  const chipIds: ChipVoice["chipId"][] = lives.map(({ machine }) => machine.chip.chipId);
  const { count } = await ctx.db
    .selectFrom("chip_events")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .where("chip_id", "in", chipIds)
    .executeTakeFirstOrThrow();
  return count === wanted;
};

describe("the same record comes of it", () => {
  test(
    "in whatever order and copies the frames of many chips come",
    async () => {
      const platform = await withPlatform("pglite");
      app = platform;
      const lives = await liveAll(platform);
      const reset = await forget(platform, lives);
      for (const { messages } of lives) await platform.say(...messages);
      const inOrder = await outcome(platform, lives);
      expect(inOrder.map(({ session }) => session!.status)).toEqual([
        "ended",
        "ended",
        "energised",
        "ended",
        "ended",
      ]);
      await fc.assert(
        fc.asyncProperty(fc.infiniteStream(fc.nat()), async (noise) => {
          await reset();
          const draw = (max: number) => (noise.next().value as number) % max;
          await disturb([platform.ingest], lives, draw, () => eventsTaken(platform, lives));
          expect(await outcome(platform, lives)).toEqual(inOrder);
        }),
        { numRuns: 3, endOnFailure: true },
      );
    },
    TIMEOUT_MS,
  );

  test(
    "when two servers take them at the same time",
    async () => {
      const platform = await withPlatform("postgresql");
      app = platform;
      const lives = await liveAll(platform);
      const reset = await forget(platform, lives);
      for (const { messages } of lives) await platform.say(...messages);
      const inOrder = await outcome(platform, lives);
      const takers = [platform.ingest, new Ingest(platform.ctx)];
      await fc.assert(
        fc.asyncProperty(fc.infiniteStream(fc.nat()), async (noise) => {
          await reset();
          const draw = (max: number) => (noise.next().value as number) % max;
          await disturb(takers, lives, draw, () => eventsTaken(platform, lives));
          expect(await outcome(platform, lives)).toEqual(inOrder);
        }),
        { numRuns: 4, endOnFailure: true },
      );
      expect((await platform.ctx.metrics.ingestFailures.get()).values[0]?.value ?? 0).toBe(0);
    },
    TIMEOUT_MS,
  );
});
