import { generateKeyPairSync, sign } from "node:crypto";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
import { type System, startSystem } from "../src/system.ts";
import { type Job, jobsOf, startJobs } from "../src/workforce.ts";

const WAIT = { timeout: 30_000, interval: 50 };
type Grant = Command & { kind: "grant" };

/** Somebody has taken over the broker: reads everything, sends anything. He has no key of the platform's. */
describe("a man in the middle at the broker", () => {
  let dir: string;
  let system: System;
  let job: Job;
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
    const [first, second] = jobsOf(generateCounty(1, new Date().toISOString().slice(0, 10)), 2) as [Job, Job];
    job = first;
    system = await startSystem({
      dir,
      broker: "mosquitto",
      online: [first.machine, second.machine],
      chipStorage: "memory",
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
    const [running] = await startJobs(system, [job]);
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

  /** The chip has dealt with everything sent before: it answers an honest order that came after it. */
  async function settled(chipId: ChipId): Promise<void> {
    const commandId = randomId();
    const order: Command = {
      kind: "lock",
      locked: false,
      audience: chipId,
      commandId,
      acceptBySeconds: Math.floor(Date.now() / 1000) + 60,
      expectedStateVersion: null,
    };
    await send(chipId, signCommand(order, system.app!.ctx.keys.signer));
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
    expect(await outcome(idle, fresh.commandId)).not.toContain("accepted");
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

  test("signs a grant of his own, in the platform's name", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    const { keyId } = system.app!.ctx.keys.signer;
    const forger: Signer = {
      algorithm: ES256,
      keyId,
      sign: (text) => new Uint8Array(sign("sha256", text, { key: privateKey, dsaEncoding: "ieee-p1363" })),
    };
    const forged: Grant = { ...grant, audience: idle.chipId, commandId: randomId() };
    await send(idle.chipId, signCommand(forged, forger));
    expect(await outcome(idle, forged.commandId)).not.toContain("accepted");
  });

  test("sends noise", async () => {
    for (let round = 0; round < 100; round++) {
      await send(idle.chipId, crypto.getRandomValues(new Uint8Array(round * 3)));
    }
    expect(await outcome(idle, "")).toEqual([]);
  });

  test("has broken nothing: the same grant, honestly signed for the idle machine, closes its relay", async () => {
    const { latitudeDegrees, longitudeDegrees } = idle.world.body.place;
    const honest: Grant = {
      ...grant,
      audience: idle.chipId,
      commandId: randomId(),
      acceptBySeconds: Math.floor(Date.now() / 1000) + 30,
      expectedStateVersion: null,
      fence: {
        kind: "circle",
        latitudeE7: Math.round(latitudeDegrees * 1e7),
        longitudeE7: Math.round(longitudeDegrees * 1e7),
        radiusMetres: 500,
      },
    };
    await send(idle.chipId, signCommand(honest, system.app!.ctx.keys.signer));
    await vi.waitFor(() => expect(idle.isPowered).toBe(true), WAIT);
  });
});
