import { type Command, createMachineCode, type EnterpriseId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BrokerUnavailableError } from "../src/broker/broker.ts";
import { machineCodeMac } from "../src/crypto/machine-code-mac.ts";
import { replayStart } from "../src/features/decisions/decisions.ts";
import { closeUnansweredSessions } from "../src/features/work-sessions/work-sessions.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildWelder,
  county,
  here,
  type NewMachine,
  type NewWelder,
  township,
} from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

describe.each(engines)("starting work on %s", (engine) => {
  let app: TestPlatform;
  let enterpriseId: EnterpriseId;
  let keys = 0;
  beforeAll(async () => {
    app = await withPlatform(engine);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    app.clock.advance(3_600_000);
    enterpriseId = await buildEnterprise(app.ctx);
  });

  const newKey = () => `attempt-${String(++keys).padStart(4, "0")}`;
  const newWelder = (welder: NewWelder = {}) => buildWelder(app, { enterprises: [enterpriseId], ...welder });
  const newMachine = async (machine: Partial<NewMachine> = {}) => {
    const built = await buildMachine(app.ctx, { enterpriseId, ...machine });
    if (machine.hasChip !== false) await app.bringOnline(built.chip);
    return built;
  };
  const start = async (
    { cookie }: Pick<BuiltWelder, "cookie">,
    machineCode: string,
    { key = newKey(), position = here as typeof here | null } = {},
  ) =>
    await app.call("POST", "/api/work-sessions", {
      cookie,
      body: { machineCode, position, idempotencyKey: key },
    });
  const granted = async (welder: BuiltWelder, { machineCode }: BuiltMachine) => {
    const response = await start(welder, machineCode);
    expect(response.json()).toMatchObject({ outcome: "grant" });
    return response.json().workSession.workSessionId;
  };
  const sessionsOf = async ({ machineId }: BuiltMachine) =>
    await app.ctx.db.selectFrom("work_sessions").selectAll().where("machine_id", "=", machineId).execute();
  const grantsTo = ({ chip }: BuiltMachine) =>
    app
      .commandsTo(chip)
      .filter((command): command is Command & { kind: "grant" } => command.kind === "grant");
  const decisionOf = async (decisionId: string) =>
    await app.ctx.db
      .selectFrom("decisions")
      .selectAll()
      .where("decision_id", "=", decisionId as never)
      .executeTakeFirstOrThrow();
  const metric = async (name: "forgedCodes" | "undeliveredCommands") =>
    (await app.ctx.metrics[name].get()).values.reduce((sum, { value }) => sum + value, 0);

  test("stores the session and sends the chip one signed grant for exactly this decision", async () => {
    const [welder, machine] = [await newWelder(), await newMachine()];
    const response = await start(welder, machine.machineCode);
    expect(response.statusCode).toBe(200);
    const { workSession } = response.json();
    expect(workSession).toMatchObject({
      status: "granted",
      machineId: machine.machineId,
      welderName: "演示张三",
    });
    const [session, ...others] = await sessionsOf(machine);
    expect(others).toEqual([]);
    expect(session).toMatchObject({ status: "granted", chip_id: machine.chip.chipId, region_code: township });
    const [grant, ...more] = grantsTo(machine);
    expect(more).toEqual([]);
    const nowSeconds = app.clock.nowMs() / 1000;
    const decision = await decisionOf(workSession.decisionId);
    expect(grant).toMatchObject({
      audience: machine.chip.chipId,
      workSessionId: workSession.workSessionId,
      welderPseudonym: welder.pseudonym,
      acceptBySeconds: nowSeconds + 60,
      expectedStateVersion: machine.chip.stateVersion,
      maxEnergisedSeconds: 8 * 3600,
      idleLimitSeconds: 30 * 60,
      fence: { kind: "circle", latitudeE7: 289_000_000, longitudeE7: 1_198_000_000, radiusMetres: 305 },
      decisionDigest: decision.digest.slice(0, 16),
    });
    expect(session!.expires_at.getTime() / 1000).toBe(grant!.notBeforeSeconds + grant!.validSeconds);
    const recorded = await app.ctx.db
      .selectFrom("commands")
      .selectAll()
      .where("work_session_id", "=", workSession.workSessionId)
      .execute();
    expect(recorded).toMatchObject([{ command_id: grant!.commandId, kind: "grant", result: null }]);
    expect(decision).toMatchObject({ outcome: "grant", reasons: [] });
    expect(decision.facts).toMatchObject({
      welder: { id: welder.welderId },
      chip: { id: machine.chip.chipId },
    });
  });

  const refusals: [name: string, ruleId: string, welder: NewWelder, machine: Partial<NewMachine>][] = [
    ["without a certificate", "certificate-present", { certificate: null }, {}],
    [
      "with an expired certificate",
      "certificate-valid-on-day",
      { certificate: { validTo: "2026-02-28" } },
      {},
    ],
    ["somebody else's machine", "welder-authorised-for-machine", { enterprises: [] }, {}],
    ["with a suspended account", "welder-active", { status: "suspended" }, {}],
    ["a machine without a chip", "machine-enrolled", {}, { hasChip: false }],
  ];
  test.each(refusals)(
    "%s is refused by %s, stored with its facts, and nothing is sent",
    async (_name, rule, w, m) => {
      const [welder, machine] = [await newWelder(w), await newMachine(m)];
      const sent = app.broker.published.length;
      const response = await start(welder, machine.machineCode);
      expect(response.statusCode).toBe(200);
      const { outcome, decisionId, reasons } = response.json();
      expect(outcome).toBe("refuse");
      expect(reasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain(rule);
      for (const reason of reasons) expect(reason.fix.zh).toMatch(/\p{Script=Han}/u);
      expect(await sessionsOf(machine)).toEqual([]);
      expect(app.broker.published).toHaveLength(sent);
      const decision = await decisionOf(decisionId);
      expect(decision).toMatchObject({ outcome: "refuse", reasons });
      expect(replayStart(decision, decision.decided_at.getTime())).toEqual({
        isSame: true,
        outcome: "refuse",
      });
    },
  );

  test("a chip that has been silent for longer than the lease, one locked, one gone and one tampered are refused", async () => {
    const welder = await newWelder();
    const reasonFor = async (machine: BuiltMachine) =>
      (await start(welder, machine.machineCode))
        .json()
        .reasons.map(({ ruleId }: { ruleId: string }) => ruleId);
    const silent = await newMachine();
    app.clock.advance(180_001);
    expect(await reasonFor(silent)).toEqual(["chip-online"]);
    const gone = await newMachine();
    await app.say(gone.chip.gone());
    expect(await reasonFor(gone)).toEqual(["chip-online"]);
    const tampered = await newMachine();
    await app.say(tampered.chip.event("tamper", { raised: true }));
    expect(await reasonFor(tampered)).toEqual(["no-tamper"]);
    const locked = await newMachine();
    await app.ctx.db
      .updateTable("machines")
      .set({ is_locked: true })
      .where("machine_id", "=", locked.machineId)
      .execute();
    expect(await reasonFor(locked)).toEqual(["machine-not-locked"]);
    const revoked = await newMachine();
    await app.ctx.db
      .updateTable("chips")
      .set({ revoked_at: new Date(app.clock.nowMs()) })
      .where("chip_id", "=", revoked.chip.chipId)
      .execute();
    expect(await reasonFor(revoked)).toEqual(["machine-enrolled"]);
  });

  test("a phone too far away or without a place is refused", async () => {
    const [welder, machine] = [await newWelder(), await newMachine()];
    const far = { ...here, latitudeDegrees: 28.91 };
    for (const [position, ruleId] of [
      [far, "scan-distance"],
      [null, "phone-position-known"],
    ] as const) {
      const response = await start(welder, machine.machineCode, { position });
      expect(response.json().reasons.map((reason: { ruleId: string }) => reason.ruleId)).toEqual([ruleId]);
    }
  });

  test("an attempt repeated, also at the same moment, is one session and one grant", async () => {
    const [welder, machine] = [await newWelder(), await newMachine()];
    const key = newKey();
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => start(welder, machine.machineCode, { key })),
    );
    const later = await start(welder, machine.machineCode, { key });
    const ids = [...responses, later].map((response) => response.json().workSession?.workSessionId);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toBeDefined();
    expect(await sessionsOf(machine)).toHaveLength(1);
    expect(grantsTo(machine)).toHaveLength(1);
  });

  test("an attempt's key does not lead to another machine", async () => {
    const [welder, machine, other] = [await newWelder(), await newMachine(), await newMachine()];
    const key = newKey();
    await start(welder, machine.machineCode, { key });
    const response = await start(welder, other.machineCode, { key });
    expect(response.statusCode).toBe(409);
    expect(response.json().error.code).toBe("work_session.key_used");
    expect(await sessionsOf(other)).toEqual([]);
  });

  test("one's own running machine scanned again leads back to its session", async () => {
    const [welder, machine] = [await newWelder(), await newMachine()];
    const workSessionId = await granted(welder, machine);
    expect(await granted(welder, machine)).toBe(workSessionId);
    expect(grantsTo(machine)).toHaveLength(1);
  });

  test("of several welders who scan one machine at the same moment exactly one gets it", async () => {
    const machine = await newMachine();
    const welders = await Promise.all(Array.from({ length: 5 }, () => newWelder()));
    const responses = await Promise.all(welders.map((welder) => start(welder, machine.machineCode)));
    const answers = responses.map((response) => response.json());
    expect(answers.filter(({ outcome }) => outcome === "grant")).toHaveLength(1);
    const refused = answers.filter(({ outcome }) => outcome === "refuse");
    expect(refused).toHaveLength(4);
    for (const { reasons } of refused) {
      expect(reasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(["machine-free"]);
    }
    expect(await sessionsOf(machine)).toHaveLength(1);
    expect(grantsTo(machine)).toHaveLength(1);
  });

  test("one welder on many machines at the same moment gets as many as the policy allows", async () => {
    const welder = await newWelder();
    const machines = await Promise.all(Array.from({ length: 6 }, () => newMachine()));
    const responses = await Promise.all(machines.map(({ machineCode }) => start(welder, machineCode)));
    const answers = responses.map((response) => response.json());
    expect(answers.filter(({ outcome }) => outcome === "grant")).toHaveLength(2);
    for (const { reasons } of answers.filter(({ outcome }) => outcome === "refuse")) {
      expect(reasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(["machines-per-welder"]);
    }
  });

  test("a region's own numbers hold, the nearest and newest first", async () => {
    const [welder, machine, other] = [await newWelder(), await newMachine(), await newMachine()];
    const policy = (region_code: string, version: number, values: object, fromMs: number) => ({
      region_code: region_code as typeof county,
      version,
      effective_from: new Date(fromMs),
      values: JSON.stringify(values),
      changed_by: "test",
    });
    const nowMs = app.clock.nowMs();
    await app.addPerson({ role: "regulator", region: county });
    await app.ctx.db
      .insertInto("policies")
      .values([
        policy(county, 1, { machinesPerWelder: 5, idleLimitMinutes: 10 }, nowMs - 1),
        policy(township, 1, { machinesPerWelder: 3 }, nowMs - 2),
        policy(
          township,
          2,
          { machinesPerWelder: 1, maximumEnergisedMinutes: 1440, gasCutPercentLel: 100 },
          nowMs - 1,
        ),
        policy(township, 3, { machinesPerWelder: 9 }, nowMs + 60_000),
      ])
      .execute();
    await granted(welder, machine);
    // A grant carries no more than its fields can hold and the gas standard permits.
    expect(grantsTo(machine)[0]).toMatchObject({
      maxEnergisedSeconds: 65_535 - 120,
      validSeconds: 65_535,
      gasCutLelPermille: 500,
    });
    const second = await start(welder, other.machineCode);
    expect(second.json().reasons[0]).toMatchObject({ ruleId: "machines-per-welder", data: { limit: 1 } });
    const decision = await decisionOf(second.json().decisionId);
    expect(decision.policy).toMatchObject({ version: `${township}-2` });
    expect(replayStart(decision, decision.decided_at.getTime()).isSame).toBe(true);
    await app.ctx.db.deleteFrom("policies").execute();
  });

  test("codes that are none, made up, or of no machine are told apart; made-up ones are counted", async () => {
    const welder = await newWelder();
    const before = await metric("forgedCodes");
    const wrong = await start(welder, "HELLO");
    expect([wrong.statusCode, wrong.json().error.code]).toEqual([400, "machine_code.invalid"]);
    const otherKey = machineCodeMac(app.ctx.random(32));
    const madeUp = createMachineCode(app.ctx.random, otherKey);
    const forged = await start(welder, madeUp);
    expect([forged.statusCode, forged.json().error.code]).toEqual([404, "machine_code.forged"]);
    expect(await metric("forgedCodes")).toBe(before + 1);
    const unused = createMachineCode(app.ctx.random, machineCodeMac(app.ctx.machineCodeKey));
    const unknown = await start(welder, unused);
    expect([unknown.statusCode, unknown.json().error.code]).toEqual([404, "machine.not_found"]);
  });

  test("a grant that the broker does not take calls the work off and leaves the attempt's key usable", async () => {
    const [welder, machine] = [await newWelder(), await newMachine()];
    const key = newKey();
    const publish = app.broker.publish;
    app.broker.publish = () => Promise.reject(new BrokerUnavailableError("away"));
    const failed = await start(welder, machine.machineCode, { key });
    app.broker.publish = publish;
    expect([failed.statusCode, failed.json().error.code]).toEqual([503, "service.unavailable"]);
    expect(await sessionsOf(machine)).toMatchObject([{ status: "not-started", end_reason: "not-delivered" }]);
    const again = await start(welder, machine.machineCode, { key });
    expect(again.json()).toMatchObject({ outcome: "grant", workSession: { status: "granted" } });
    expect(await sessionsOf(machine)).toHaveLength(2);
  });

  test("a grant that nobody answers is given up ten seconds after its deadline, and the machine is free", async () => {
    const [welder, machine] = [await newWelder(), await newMachine()];
    await granted(welder, machine);
    const [session] = await sessionsOf(machine);
    app.clock.advance(session!.accept_by.getTime() + 10_000 - app.clock.nowMs());
    await closeUnansweredSessions(app.ctx);
    expect(await sessionsOf(machine)).toMatchObject([{ status: "granted" }]);
    app.clock.advance(1);
    await closeUnansweredSessions(app.ctx);
    expect(await sessionsOf(machine)).toMatchObject([{ status: "not-started", end_reason: "no-answer" }]);
    await granted(await newWelder(), machine);
  });

  test("a chip in a newer state gets the grant once more for that state, three times at most", async () => {
    const [welder, machine] = [await newWelder(), await newMachine()];
    await granted(welder, machine);
    const { chip } = machine;
    for (const count of [2, 3]) {
      chip.stateVersion++;
      await app.say(chip.answer(grantsTo(machine).at(-1)!.commandId, "state-changed"));
      const grants = grantsTo(machine);
      expect(grants).toHaveLength(count);
      const [first, last] = [grants[0]!, grants.at(-1)!];
      expect(last).toEqual({ ...first, commandId: last.commandId, expectedStateVersion: chip.stateVersion });
    }
    await app.say(chip.answer(grantsTo(machine).at(-1)!.commandId, "state-changed"));
    expect(grantsTo(machine)).toHaveLength(3);
    expect(await sessionsOf(machine)).toMatchObject([{ status: "not-started", end_reason: "state-changed" }]);
  });

  test("a session stopped meanwhile is not granted again", async () => {
    const [welder, machine] = [await newWelder(), await newMachine()];
    const workSessionId = await granted(welder, machine);
    await app.call("POST", `/api/work-sessions/${workSessionId}/stop`, { cookie: welder.cookie });
    await app.say(machine.chip.answer(grantsTo(machine)[0]!.commandId, "state-changed"));
    expect(grantsTo(machine)).toHaveLength(1);
    expect(await sessionsOf(machine)).toMatchObject([{ status: "not-started", end_reason: "state-changed" }]);
  });

  test.each(["tamper", "locked", "gas", "outside-fence", "busy", "expired", "untrusted"] as const)(
    "a chip that answers %s ends the session with that reason",
    async (result) => {
      const [welder, machine] = [await newWelder(), await newMachine()];
      await granted(welder, machine);
      await app.say(machine.chip.answer(grantsTo(machine)[0]!.commandId, result));
      expect(await sessionsOf(machine)).toMatchObject([{ status: "not-started", end_reason: result }]);
    },
  );

  test("a chip's answer that it had this grant already ends nothing", async () => {
    const [welder, machine] = [await newWelder(), await newMachine()];
    await granted(welder, machine);
    await app.say(machine.chip.answer(grantsTo(machine)[0]!.commandId, "replayed"));
    expect(await sessionsOf(machine)).toMatchObject([{ status: "granted" }]);
  });

  test("another chip's answer to the grant is worth nothing", async () => {
    const [welder, machine, other] = [await newWelder(), await newMachine(), await newMachine()];
    await granted(welder, machine);
    await app.say(other.chip.answer(grantsTo(machine)[0]!.commandId, "tamper"));
    expect(await sessionsOf(machine)).toMatchObject([{ status: "granted" }]);
  });

  test("a machine last seen elsewhere long ago is fenced where the phone is", async () => {
    const [welder, machine] = [await newWelder(), await newMachine()];
    app.clock.advance(3_700_000);
    await app.say(machine.chip.hello());
    const there = { ...here, latitudeDegrees: 28.95 };
    await start(welder, machine.machineCode, { position: there });
    expect(grantsTo(machine)[0]!.fence).toMatchObject({ latitudeE7: 289_500_000, radiusMetres: 305 });
  });
});
