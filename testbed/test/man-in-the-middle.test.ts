import { generateKeyPairSync, sign } from "node:crypto";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machineRoutes } from "@hanyouxu/api";
import {
  type ChipId,
  type Command,
  decodeAnswerFrame,
  ES256,
  openCommand,
  type Signer,
  signCommand,
  topicOf,
} from "@hanyouxu/protocol";
import { issueTestChip, type TestChip } from "@hanyouxu/server";
import { generateCounty, type OnlineMachine } from "@hanyouxu/simulator";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { layCounty } from "../src/laid-county.ts";
import { demoRegulator } from "../src/regulator.ts";
import { type System, startSystem } from "../src/system.ts";
import { type Job, jobsOf, startJobs } from "../src/workforce.ts";

const WAIT = { timeout: 30_000, interval: 50 };
type Grant = Command & { kind: "grant" };

/** Somebody has taken over the broker: reads everything, sends anything. He has no key of the platform's. */
describe("a man in the middle at the broker", () => {
  let dir: string;
  let system: System;
  let jobs: Job[];
  let working: OnlineMachine;
  let idle: OnlineMachine;
  let attacker: Awaited<ReturnType<TestChip["connect"]>>;
  /** Everything the broker has carried down to the machine at work, and the grant among it. */
  const captured: Uint8Array[] = [];
  const answers: { chipId: string; commandId: string; result: string }[] = [];
  let grantBytes: Uint8Array;
  let grant: Grant;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-middle-"));
    jobs = jobsOf(generateCounty(1, new Date().toISOString().slice(0, 10)), 2);
    const [first, second] = jobs as [Job, Job];
    system = await startSystem({
      ...(await layCounty(dir, "embedded")),
      broker: "mosquitto",
      online: [first.machine, second.machine],
      environment: { HY_LOG_LEVEL: "fatal" },
    });
    await system.fleet.started;
    working = system.fleet.machine(first.machine.machineId)!;
    idle = system.fleet.machine(second.machine.machineId)!;
    await vi.waitFor(() => {
      for (const { chip } of system.fleet.machines)
        expect(chip.state().clock.verifiedAtUptimeMs).not.toBeNull();
    }, WAIT);
    attacker = await takeOverBroker();
    await startAndStop();
  }, 120_000);

  afterAll(async () => {
    attacker?.end(true);
    await system?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  }, 60_000);

  async function takeOverBroker() {
    await appendFile(join(dir, "mosquitto", "acl"), "\ntopic readwrite hy1/#\n");
    system.mosquitto!.reload();
    const { authority } = system.app!;
    const { certificatePem: cert, keyPem: key } = await authority.issuePlatformCertificate();
    const anyChip = await issueTestChip(authority);
    const client = await anyChip.connect(system.mosquitto!.platformUrl, { cert, key, clientId: "middle" });
    client.on("message", (topic, payload) => {
      if (topic === topicOf(working.chipId, "d")) captured.push(new Uint8Array(payload));
      const answer = topic.endsWith("/a") ? decodeAnswerFrame(new Uint8Array(payload)) : undefined;
      if (answer?.ok && answer.value.kind === "answer") {
        answers.push({ ...answer.value, chipId: topic.split("/")[1]! });
      }
    });
    await client.subscribeAsync(["hy1/+/d", "hy1/+/a"], { qos: 1 });
    return client;
  }

  /** One honest session, of which the attacker sees everything. */
  async function startAndStop(): Promise<void> {
    const [running] = await startJobs(system, jobs.slice(0, 1));
    await vi.waitFor(() => expect(working.isPowered).toBe(true), WAIT);
    await running!.phone.stop(running!.session.workSessionId);
    await vi.waitFor(() => expect(working.isPowered).toBe(false), WAIT);
    for (const bytes of captured) {
      const opened = openCommand(bytes, system.app!.ctx.keys.verifier);
      if (!opened.ok || opened.value.kind !== "grant") continue;
      grantBytes = bytes;
      grant = opened.value;
    }
    expect(grant).toBeDefined();
  }

  const send = (chipId: ChipId, bytes: Uint8Array) =>
    attacker.publishAsync(topicOf(chipId, "d"), Buffer.from(bytes), { qos: 1 });

  const randomId = () => Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString("hex");

  /** An order of the platform's own that changes nothing. */
  function honestOrder(chipId: ChipId): { commandId: string; bytes: Uint8Array } {
    const order: Command = {
      kind: "lock",
      locked: false,
      audience: chipId,
      commandId: randomId(),
      acceptBySeconds: Math.floor(Date.now() / 1000) + 60,
      expectedStateVersion: null,
    };
    return { commandId: order.commandId, bytes: signCommand(order, system.app!.ctx.keys.signer) };
  }

  /** The chip has dealt with everything sent before: it answers an honest order that came after it. */
  async function settled(chipId: ChipId): Promise<void> {
    const { commandId, bytes } = honestOrder(chipId);
    await send(chipId, bytes);
    await vi.waitFor(() => expect(answers.some((answer) => answer.commandId === commandId)).toBe(true), WAIT);
  }

  /** What the chips answered to an order, and that no relay moved. */
  async function outcome(machine: OnlineMachine, commandId: string): Promise<string[]> {
    await settled(machine.chipId);
    expect(system.fleet.machines.map(({ isPowered }) => isPowered)).toEqual([false, false]);
    expect(machine.chip.state().work).toBeNull();
    return answers
      .filter((answer) => answer.chipId === machine.chipId && answer.commandId === commandId)
      .map(({ result }) => result);
  }

  test("replays everything: the chip answers that it has had the grant", async () => {
    for (const bytes of [...captured]) await send(working.chipId, bytes);
    expect(await outcome(working, grant.commandId)).toEqual(["accepted", "replayed"]);
  });

  test("replays the grant when the chip has lost power, and when it has had so many others that it forgot this one", async () => {
    working.cutPower();
    working.restorePower();
    await vi.waitFor(() => expect(working.chip.state().clock.verifiedAtUptimeMs).not.toBeNull(), WAIT);
    await send(working.chipId, grantBytes);
    expect((await outcome(working, grant.commandId)).at(-1)).toBe("replayed");
    for (let count = 0; count < 70; count++) await send(working.chipId, honestOrder(working.chipId).bytes);
    await settled(working.chipId);
    const { ids } = working.chip.state().replay;
    expect(ids.some(({ commandId }) => commandId === grant.commandId)).toBe(false);
    await send(working.chipId, grantBytes);
    expect((await outcome(working, grant.commandId)).at(-1)).toBe("replayed");
  }, 60_000);

  test("replays a lock, a time and an acknowledgement: nothing goes back", async () => {
    const regulator = await demoRegulator(system.url);
    const { machineId } = working.machine;
    for (const route of [machineRoutes.lockMachine, machineRoutes.unlockMachine]) {
      await regulator.call(route, { params: { machineId }, body: { reason: "演示" } });
      const isLocked = route === machineRoutes.lockMachine;
      await vi.waitFor(() => expect(working.chip.state().isLocked).toBe(isLocked), WAIT);
    }
    await vi.waitFor(() => expect(working.chip.state().log.pending).toEqual([]), WAIT);
    const before = working.chip.state();
    const kinds = new Map<string, Command>();
    for (const bytes of [...captured]) {
      const opened = openCommand(bytes, system.app!.ctx.keys.verifier);
      if (!opened.ok || opened.value.kind === "grant" || opened.value.kind === "revoke") continue;
      kinds.set(opened.value.kind, opened.value);
      await send(working.chipId, bytes);
    }
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(["lock", "time", "acknowledgement"]));
    expect((await outcome(working, kinds.get("lock")!.commandId)).at(-1)).toBe("replayed");
    const { isLocked, clock, log } = working.chip.state();
    expect(isLocked).toBe(false);
    expect(clock).toEqual(before.clock);
    expect(log.acknowledged).toEqual(before.log.acknowledged);
  }, 60_000);

  test("sends one machine's grant to another", async () => {
    await send(idle.chipId, grantBytes);
    expect(await outcome(idle, grant.commandId)).toEqual(["wrong-audience"]);
  });

  test("alters a grant that was never delivered, in every byte", async () => {
    const fresh: Grant = { ...grant, audience: idle.chipId, commandId: randomId() };
    const bytes = signCommand(fresh, system.app!.ctx.keys.signer);
    for (let at = 0; at < bytes.length; at++) {
      await send(
        idle.chipId,
        bytes.map((byte, index) => (index === at ? byte ^ 0x01 : byte)),
      );
    }
    for (let length = 0; length < bytes.length; length += 7)
      await send(idle.chipId, bytes.subarray(0, length));
    const results = await outcome(idle, fresh.commandId);
    expect(results.length).toBeGreaterThan(bytes.length / 2);
    expect(new Set(results).difference(new Set(["untrusted", "malformed", "unsupported"]))).toEqual(
      new Set(),
    );
    expect(idle.chip.state().log.pending).toEqual([]);
  }, 60_000);

  test("keeps a grant back until its time has passed", async () => {
    const late: Grant = {
      ...grant,
      audience: idle.chipId,
      commandId: randomId(),
      acceptBySeconds: Math.floor(Date.now() / 1000) - 5,
    };
    await send(idle.chipId, signCommand(late, system.app!.ctx.keys.signer));
    expect(await outcome(idle, late.commandId)).toEqual(["expired"]);
  });

  test("signs a grant of his own, as himself and in the platform's name", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    for (const keyId of [system.app!.ctx.keys.signer.keyId, crypto.getRandomValues(new Uint8Array(4))]) {
      const forger: Signer = {
        algorithm: ES256,
        keyId,
        sign: (text) => new Uint8Array(sign("sha256", text, { key: privateKey, dsaEncoding: "ieee-p1363" })),
      };
      const forged: Grant = { ...grant, audience: idle.chipId, commandId: randomId() };
      await send(idle.chipId, signCommand(forged, forger));
      expect(await outcome(idle, forged.commandId)).toEqual(["untrusted"]);
    }
  });

  test("sends noise", async () => {
    for (let round = 0; round < 100; round++) {
      await send(idle.chipId, crypto.getRandomValues(new Uint8Array(round * 3)));
    }
    await send(idle.chipId, Buffer.concat([grantBytes, Buffer.alloc(16_000)]));
    await send(idle.chipId, Buffer.alloc(16_000, 0x9f));
    expect(await outcome(idle, "")).toEqual([]);
  });

  test("has been counted, answer by answer", async () => {
    const seenAs = (wanted: string) => answers.filter(({ result }) => result === wanted).length;
    const refused = ["replayed", "wrong-audience", "untrusted", "expired"];
    for (const result of refused) expect(seenAs(result)).toBeGreaterThan(0);
    // The broker gives answers to the attacker and to the platform, which may have the last ones still before it.
    await vi.waitFor(async () => {
      const text = await (await fetch(`${system.url}/metrics`)).text();
      const counted = (result: string) =>
        Number(new RegExp(`hy_command_answers_total{result="${result}"} (\\d+)`).exec(text)?.[1]);
      expect(refused.map((result) => [result, counted(result)])).toEqual(
        refused.map((result) => [result, seenAs(result)]),
      );
    }, WAIT);
  });

  test("has broken nothing: both machines start for honest welders, and their records are whole", async () => {
    const running = await startJobs(system, jobs);
    await vi.waitFor(() => expect(working.isPowered && idle.isPowered).toBe(true), WAIT);
    for (const { phone, session } of running) await phone.stop(session.workSessionId);
    await vi.waitFor(async () => {
      for (const { phone, session } of running) {
        const ended = await phone.workSession(session.workSessionId);
        expect(ended).toMatchObject({ status: "ended", endReason: "stopped", checkpointVerified: true });
      }
    }, WAIT);
  }, 60_000);
});
