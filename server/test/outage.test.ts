import { randomUUID } from "node:crypto";
import type { WorkSessionId } from "@hanyouxu/protocol";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UplinkMessage } from "../src/broker/broker.ts";
import { recordset } from "../src/db/bulk.ts";
import { followSilentChips } from "../src/features/alarms/alarms.ts";
import { alarmSteps, MINUTE_MS } from "./alarm-steps.ts";
import { ChipVoice } from "./chip-voice.ts";
import { type TwoFirms, twoFirms } from "./two-firms.ts";

const CHIPS = 2_000;
/** What each chip has to tell of the time without a broker. */
const EVENTS_MEANWHILE = 3;
const SWEEP_MS = 10_000;

/** The number of chips is the point here: on the engine that serves so many. */
describe("the broker is away for five minutes while two thousand machines work", () => {
  let firms: TwoFirms;
  let steps: ReturnType<typeof alarmSteps>;
  let chips: { voice: ChipVoice; session: WorkSessionId }[];
  let regulator: Awaited<ReturnType<typeof steps.staff>>;
  beforeAll(async () => {
    firms = await twoFirms("postgresql");
    steps = alarmSteps(firms);
    regulator = await steps.staff();
    chips = Array.from({ length: CHIPS }, () => ({
      voice: new ChipVoice(() => firms.app.clock.nowMs()),
      session: randomUUID() as WorkSessionId,
    }));
    await multiply();
    await firms.app.say(
      ...chips.flatMap(({ voice, session }) => [
        voice.hello(),
        voice.telemetry({ flags: { relayClosed: true } }),
        voice.energised(session),
      ]),
    );
  });
  afterAll(() => firms?.app.close());

  /** The machine that is at work, with its chip and its work session, two thousand times. */
  async function multiply(): Promise<void> {
    const { db } = firms.app.ctx;
    const copies = chips.map(({ voice, session }) => ({
      chip: voice.chipId,
      machine: randomUUID(),
      session,
    }));
    for (const [table, key, own] of [
      ["chips", "chip_id", { event_boot: 0, event_seq: 0, event_hash: null }],
      ["machines", "machine_id", {}],
      ["work_sessions", "work_session_id", { idempotency_key: null }],
    ] as const) {
      const of = {
        chips: sql`b.chip_id = ${firms.own.machine.chip.chipId}`,
        machines: sql`b.machine_id = ${firms.own.machine.machineId}`,
        work_sessions: sql`b.work_session_id = ${firms.workSessionId}`,
      }[table];
      await sql`
        insert into ${sql.table(table)}
        select (jsonb_populate_record(b, ${JSON.stringify(own)}::text::jsonb || jsonb_build_object(
                 'chip_id', r.chip, 'machine_id', r.machine, 'work_session_id', r.session,
                 'machine_code', r.machine))).*
        from ${sql.table(table)} b, ${recordset(copies, "chip text, machine text, session text")}
        where ${of}
        on conflict (${sql.ref(key)}) do nothing`.execute(db);
    }
  }

  async function sweep(forMs: number): Promise<void> {
    for (let leftMs = forMs; leftMs > 0; leftMs -= SWEEP_MS) {
      firms.app.clock.advance(SWEEP_MS);
      await followSilentChips(firms.app.ctx);
    }
  }

  const events = async () => {
    const { rows } = await sql<{ chips: number; events: number; in_order: number; broken: number }>`
      with numbered as (
        select chip_id, seq, chain_intact, occurred_at,
               row_number() over (partition by chip_id order by boot, seq) as place,
               lag(occurred_at) over (partition by chip_id order by boot, seq) as before
        from chip_events where chip_id = any(${chips.map(({ voice }) => voice.chipId)}::text[]))
      select count(distinct chip_id)::int as chips, count(*)::int as events,
             (count(*) filter (where place = seq and (before is null or before <= occurred_at)))::int as in_order,
             (count(*) filter (where not chain_intact))::int as broken
      from numbered`.execute(firms.app.ctx.db);
    return rows[0]!;
  };

  test("is one alarm of the outage, blames no chip, and everything is caught up in order and once", async () => {
    const { app } = firms;
    expect(await events()).toEqual({ chips: CHIPS, events: CHIPS, in_order: CHIPS, broken: 0 });
    const kept = new Map<ChipVoice, UplinkMessage[]>(chips.map(({ voice }) => [voice, []]));
    for (let minute = 0; minute < 5; minute++) {
      await sweep(MINUTE_MS);
      if (minute >= EVENTS_MEANWHILE) continue;
      for (const [voice, own] of kept) own.push(voice.event("locked", { locked: minute % 2 === 0 }));
    }
    expect(await steps.openOf("chips-unreachable")).toMatchObject([
      { condition: "active", raisedCount: 1, data: { chips: CHIPS + 1 } },
    ]);
    expect(await steps.openOf("chip-silent")).toEqual([]);
    expect(await steps.told(regulator.personId)).toEqual(["raised chips-unreachable 0"]);

    // All come back at once; one never does. Each tells its newest first, then everything it holds, and that twice.
    const back = [...kept].slice(1);
    const again = (own: readonly UplinkMessage[]) =>
      own.map((message) => ({ ...message, receivedAtMs: app.clock.nowMs() }));
    await app.say(...back.flatMap(([voice, own]) => [voice.hello(), ...again(own.slice(-1))]));
    await app.say(...back.flatMap(([, own]) => again(own)), ...back.flatMap(([, own]) => again(own)));
    const caughtUp = (CHIPS - 1) * (1 + EVENTS_MEANWHILE) + 1;
    expect(await events()).toEqual({ chips: CHIPS, events: caughtUp, in_order: caughtUp, broken: 0 });

    await followSilentChips(app.ctx);
    expect(await steps.openOf("chips-unreachable")).toMatchObject([{ condition: "cleared" }]);
    const hear = () =>
      app.say(...back.map(([voice]) => voice.telemetry()), firms.own.machine.chip.telemetry());
    const blamed = async () => (await steps.list("?kind=chip-silent&withRecorded=true")).length;
    for (let seconds = 0; seconds < 240; seconds += 80) {
      await hear();
      await sweep(80_000);
    }
    expect(await blamed()).toBe(0);
    // Who was given five minutes to come back and did not is missing by himself.
    await hear();
    await sweep(80_000);
    expect(await steps.openOf("chip-silent")).toHaveLength(1);
    expect(await steps.list("?kind=chips-unreachable")).toHaveLength(1);
  });
});
