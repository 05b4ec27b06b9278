import type { EnterpriseId, WorkSessionId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BrokerUnavailableError } from "../src/broker/broker.ts";
import { remindForgetfulChips } from "../src/features/machines/machines.ts";
import { closeLostSessions, closeUnansweredSessions } from "../src/features/work-sessions/work-sessions.ts";
import type { ChipVoice } from "./chip-voice.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildChip,
  buildEnterprise,
  buildMachine,
  buildWelder,
  here,
} from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const hourMs = 3_600_000;

describe.each(engines)("a work session on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let welder: BuiltWelder;
  let machine: BuiltMachine;
  let chip: ChipVoice;
  let workSessionId: WorkSessionId;
  beforeAll(async () => {
    app = await withPlatform(engine);
    enterpriseId = await buildEnterprise(app.ctx);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    app.clock.advance(60_000);
    welder = await buildWelder(app, { enterprises: [enterpriseId] });
    machine = await buildMachine(app.ctx, { enterpriseId });
    chip = machine.chip;
    await app.bringOnline(chip);
    workSessionId = await start(welder, machine);
  });

  const start = async (who: BuiltWelder, on: BuiltMachine): Promise<WorkSessionId> => {
    const response = await app.call("POST", "/api/work-sessions", {
      cookie: who.cookie,
      body: { machineCode: on.machineCode, position: here, idempotencyKey: app.ctx.newId() },
    });
    expect(response.json()).toMatchObject({ outcome: "grant" });
    return response.json().workSession.workSessionId;
  };
  const sessionOf = async (id = workSessionId) =>
    await app.ctx.db
      .selectFrom("work_sessions")
      .selectAll()
      .where("work_session_id", "=", id)
      .executeTakeFirstOrThrow();
  const stop = async () =>
    await app.call("POST", `/api/work-sessions/${workSessionId}/stop`, { cookie: welder.cookie });
  const revokes = () => app.commandsTo(chip).filter(({ kind }) => kind === "revoke");

  test("goes by the chip's word: energised, arc totals, ended, checked", async () => {
    const grant = app.lastCommandTo(chip, "grant");
    await app.say(chip.answer(grant.commandId, "accepted"), chip.event("granted", { workSessionId }));
    expect(await sessionOf()).toMatchObject({ status: "granted" });
    app.clock.advance(1_000);
    const energisedAt = new Date(app.clock.nowMs());
    await app.say(chip.energised(workSessionId));
    expect(await sessionOf()).toMatchObject({ status: "energised", energised_at: energisedAt });
    const totals = {
      energisedMs: 90_000,
      arcMs: 30_000,
      arcCount: 3,
      energyKilojoules: 120,
      peakDeciamps: 1_850,
    };
    await app.say(chip.event("arc-summary", { workSessionId, ...totals }));
    expect(await sessionOf()).toMatchObject({ arc_ms: 30_000, arc_count: 3, peak_deciamps: 1_850 });
    app.clock.advance(90_000);
    const ended = chip.deEnergised(workSessionId, { ...totals, arcMs: 31_000 }, "idle");
    await app.say(ended, chip.checkpoint(workSessionId));
    expect(await sessionOf()).toMatchObject({
      status: "ended",
      ended_at: new Date(app.clock.nowMs()),
      end_reason: "idle",
      arc_ms: 31_000,
      checkpoint_verified: true,
    });
  });

  test("shows a checkpoint that the chip's key did not sign", async () => {
    await app.say(
      chip.energised(workSessionId),
      chip.deEnergised(workSessionId),
      chip.checkpoint(workSessionId, { isForged: true }),
    );
    expect(await sessionOf()).toMatchObject({ status: "ended", checkpoint_verified: false });
  });

  test("of one chip is untouched by what another chip says of it", async () => {
    const thief = (await buildMachine(app.ctx, { enterpriseId })).chip;
    const before = await sessionOf();
    await app.say(thief.energised(workSessionId));
    expect(await sessionOf()).toEqual(before);
    await app.say(chip.energised(workSessionId));
    const energised = await sessionOf();
    const totals = { energisedMs: 1, arcMs: 1, arcCount: 1, energyKilojoules: 1, peakDeciamps: 1 };
    await app.say(
      thief.event("arc-summary", { workSessionId, ...totals }),
      thief.deEnergised(workSessionId, totals, "gas"),
      thief.checkpoint(workSessionId),
    );
    expect(await sessionOf()).toEqual(energised);
  });

  test("given up as unanswered runs after all when the chip says so, and replaces one granted meanwhile", async () => {
    app.clock.advance(75_000);
    await closeUnansweredSessions(app.ctx);
    expect(await sessionOf()).toMatchObject({ status: "not-started" });
    const other = await start(await buildWelder(app, { enterprises: [enterpriseId] }), machine);
    await app.say(chip.energised(workSessionId));
    expect(await sessionOf()).toMatchObject({ status: "energised", ended_at: null, end_reason: null });
    expect(await sessionOf(other)).toMatchObject({ status: "not-started", end_reason: "superseded" });
  });

  test("of which the end was lost is over when its chip energises for another", async () => {
    const [energised, lost] = [chip.energised(workSessionId), chip.deEnergised(workSessionId)];
    await app.say(energised);
    app.clock.advance(75_000);
    // The chip has ended it and forgotten to say so: the platform frees the machine only by the chip's next word.
    const next = app.ctx.newId() as WorkSessionId;
    const { work_session_id: _id, idempotency_key: _key, ...row } = await sessionOf();
    await app.ctx.db
      .insertInto("work_sessions")
      .values({ ...row, work_session_id: next, idempotency_key: null, status: "not-started" })
      .execute();
    await app.say(lost);
    expect(await sessionOf()).toMatchObject({ status: "ended", end_reason: "stopped" });
    await app.say(chip.energised(next));
    expect(await sessionOf(next)).toMatchObject({ status: "energised" });
  });

  test("of a chip that has been replaced does not take the machine from the new chip's session", async () => {
    app.clock.advance(75_000);
    await closeUnansweredSessions(app.ctx);
    const newMachine = {
      ...machine,
      chip: (await buildMachine(app.ctx, { enterpriseId, hasChip: false })).chip,
    };
    await buildChip(app.ctx, newMachine.chip);
    await app.ctx.db
      .updateTable("machines")
      .set({ chip_id: newMachine.chip.chipId })
      .where("machine_id", "=", machine.machineId)
      .execute();
    await app.bringOnline(newMachine.chip);
    const next = await start(await buildWelder(app, { enterprises: [enterpriseId] }), newMachine);
    await app.say(newMachine.chip.energised(next));
    await app.say(chip.energised(workSessionId));
    expect(await sessionOf()).toMatchObject({ status: "ended", end_reason: "record-lost" });
    expect(await sessionOf(next)).toMatchObject({ status: "energised" });
    await app.say(chip.deEnergised(workSessionId, { arcMs: 5_000 }));
    expect(await sessionOf()).toMatchObject({ status: "ended", end_reason: "stopped", arc_ms: 5_000 });
  });

  test("is stopped by the chip, which is told, and told again until it has done so", async () => {
    await app.say(chip.energised(workSessionId));
    const response = await stop();
    expect(response.json()).toMatchObject({ status: "energised", stopRequestedAt: expect.any(String) });
    expect(revokes()).toMatchObject([{ workSessionId, reason: "stopped" }]);
    app.clock.advance(10_000);
    await app.say(chip.telemetry());
    await remindForgetfulChips(app.ctx);
    expect(revokes()).toHaveLength(1);
    app.clock.advance(1);
    await remindForgetfulChips(app.ctx);
    expect(revokes()).toHaveLength(2);
    await remindForgetfulChips(app.ctx);
    expect(revokes()).toHaveLength(2);
    await app.say(chip.hello());
    expect(revokes()).toHaveLength(3);
    await app.say(chip.deEnergised(workSessionId));
    app.clock.advance(20_000);
    await app.say(chip.hello());
    await remindForgetfulChips(app.ctx);
    expect(revokes()).toHaveLength(3);
    expect(await sessionOf()).toMatchObject({ status: "ended", end_reason: "stopped" });
  });

  test("stays granted when the chip says accepted first and something else later, in one batch or in two", async () => {
    const { commandId } = app.lastCommandTo(chip, "grant");
    await app.say(chip.answer(commandId, "accepted"), chip.answer(commandId, "expired"));
    await app.say(chip.answer(commandId, "expired"));
    expect(await sessionOf()).toMatchObject({ status: "granted" });
    const command = app.ctx.db.selectFrom("commands").selectAll().where("command_id", "=", commandId);
    expect(await command.executeTakeFirst()).toMatchObject({
      result: "accepted",
      answered_at: expect.any(Date),
    });
  });

  test("is asked to stop also while the broker is away, and told when it is back", async () => {
    await app.say(chip.energised(workSessionId));
    const publish = app.broker.publish;
    app.broker.publish = () => Promise.reject(new BrokerUnavailableError("away"));
    expect((await stop()).statusCode).toBe(200);
    app.broker.publish = publish;
    expect(revokes()).toHaveLength(0);
    await app.say(chip.hello());
    expect(revokes()).toHaveLength(1);
  });

  test("that never reached its chip is over as soon as the chip says that it does not know it", async () => {
    await stop();
    await app.say(chip.answer(app.lastCommandTo(chip, "revoke").commandId, "unknown-session"));
    expect(await sessionOf()).toMatchObject({ status: "not-started", end_reason: "stopped" });
  });

  test("that its chip has forgotten is over, until its own record comes after all", async () => {
    await app.say(chip.energised(workSessionId));
    const record = chip.deEnergised(workSessionId, { arcMs: 7_000 }, "power-lost");
    await stop();
    await app.say(chip.answer(app.lastCommandTo(chip, "revoke").commandId, "unknown-session"));
    expect(await sessionOf()).toMatchObject({ status: "ended", end_reason: "record-lost" });
    await app.say(record);
    expect(await sessionOf()).toMatchObject({ status: "ended", end_reason: "power-lost", arc_ms: 7_000 });
    await app.say(chip.checkpoint(workSessionId));
    expect(await sessionOf()).toMatchObject({ checkpoint_verified: true });
  });

  test("long past its grant is over when its chip, heard since, holds the relay open", async () => {
    await app.say(chip.energised(workSessionId));
    const { expires_at } = await sessionOf();
    app.clock.advance(expires_at.getTime() + 15 * 60_000 - app.clock.nowMs());
    await app.say(chip.hello());
    await closeLostSessions(app.ctx);
    expect(await sessionOf()).toMatchObject({ status: "energised" });
    app.clock.advance(60_000);
    await app.say(chip.hello({ relayClosed: false }));
    await closeLostSessions(app.ctx);
    expect(await sessionOf()).toMatchObject({ status: "ended", end_reason: "record-lost" });
  });

  test("of a chip that is never heard again ends a day after its grant, so that the machine gets another chip", async () => {
    await app.say(chip.energised(workSessionId));
    app.clock.advance(23 * hourMs);
    await closeLostSessions(app.ctx);
    expect(await sessionOf()).toMatchObject({ status: "energised" });
    app.clock.advance(2 * hourMs);
    await closeLostSessions(app.ctx);
    expect(await sessionOf()).toMatchObject({ status: "ended", end_reason: "record-lost" });
  });

  test("wakes who follows it after the commit", async () => {
    const woken = new Promise<string>((resolve) => {
      const unfollow = app.ctx.changes.follow(workSessionId, () => {
        unfollow();
        sessionOf().then(({ status }) => resolve(status));
      });
    });
    await app.say(chip.energised(workSessionId));
    expect(await woken).toBe("energised");
  });
});
