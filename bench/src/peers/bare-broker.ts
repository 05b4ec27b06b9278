import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { fileURLToPath } from "node:url";
import {
  Aedes,
  type DeviceAuthority,
  issueTestChip,
  openDeviceAuthority,
  systemClock,
} from "@hanyouxu/server";
import { type Summary, summarise } from "../statistics.ts";
import type { ClientsTask, FromClients, ToClients } from "./bare-clients.ts";
import { startBareMosquitto } from "./bare-mosquitto.ts";
import { LeanMqttClient, type LeanTls } from "./lean-mqtt-client.ts";

export type BareEngine = "aedes" | "mosquitto";

export interface BareRoundTripOptions {
  engine: BareEngine;
  clients: number;
  /** Telemetry of the other clients meanwhile, over all of them. */
  samplesPerSecond: number;
  rounds: number;
  /** Asked by the clock: back to back, hundreds of rounds are over before the telemetry or the collector come once. */
  roundsPerSecond: number;
}

export interface BareFanInOptions {
  clients: number;
  /** Unacknowledged messages of each client. */
  window: number;
  payloadBytes: number;
  seconds: number;
}

/** A broker with nothing of ours in it; TLS as ours has, but any client may do anything. */
interface BareBroker {
  port: number;
  publish(topic: string, payload: Buffer): void;
  onAck(listen: (payload: Buffer) => void): void;
  /** Messages of clients taken so far. */
  taken(): number;
  stop(): Promise<void>;
}

const SAMPLE_BYTES = 49;
const WARM_UP_ROUNDS = 50;

/**
 * Command out, acknowledgement back, one after the other, with that many clients connected over mutual TLS in a process
 * of their own: the least that any design on this broker takes. Milliseconds.
 */
export async function measureBareRoundTrip(options: BareRoundTripOptions): Promise<Summary> {
  return await withBare(options.engine, async (broker, tls) => {
    const load = await openClients({
      port: broker.port,
      tls,
      clients: options.clients,
      payloadBytes: SAMPLE_BYTES,
      messagesPerSecond: options.samplesPerSecond,
      window: 0,
    });
    let acknowledge: (round: number) => void = () => {};
    broker.onAck((payload) => acknowledge(payload.readUInt32BE(0)));
    const millis: number[] = [];
    const beginMs = performance.now();
    for (let round = 0; round < options.rounds + WARM_UP_ROUNDS; round++) {
      const waitMs = beginMs + (round / options.roundsPerSecond) * 1000 - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      // As large as a grant; the round's number shows which acknowledgement is meant.
      const command = Buffer.alloc(180);
      command.writeUInt32BE(round);
      const startedMs = performance.now();
      await new Promise<void>((resolve) => {
        acknowledge = (answered) => {
          if (answered === round) resolve();
        };
        broker.publish(`c${(round * 7919) % options.clients}/d`, command);
      });
      if (round >= WARM_UP_ROUNDS) millis.push(performance.now() - startedMs);
    }
    await load.stop();
    return summarise(millis);
  });
}

/** Messages a second that Aedes takes with an in-process consumer that does nothing, over mutual TLS. */
export async function measureBareFanIn(options: BareFanInOptions): Promise<{ messagesPerSecond: number }> {
  return await withBare("aedes", async (broker, tls) => {
    const { clients, window, payloadBytes, seconds } = options;
    const load = await openClients({
      port: broker.port,
      tls,
      clients,
      payloadBytes,
      messagesPerSecond: 0,
      window,
    });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const [takenBefore, startedMs] = [broker.taken(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const messagesPerSecond = (broker.taken() - takenBefore) / ((performance.now() - startedMs) / 1000);
    await load.stop();
    return { messagesPerSecond };
  });
}

async function withBare<T>(
  engine: BareEngine,
  use: (broker: BareBroker, tls: LeanTls) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), "hanyouxu-bare-"));
  const authority = await openDeviceAuthority(join(dir, "ca"), systemClock);
  const { certificatePem, keyPem } = await issueTestChip(authority);
  const tls = { caCertificatePem: authority.caCertificatePem, certificatePem, keyPem };
  const broker = engine === "aedes" ? await bareAedes(authority) : await bareMosquitto(authority, dir, tls);
  try {
    return await use(broker, tls);
  } finally {
    await broker.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function bareAedes(authority: DeviceAuthority): Promise<BareBroker> {
  const { certificatePem, keyPem } = await authority.issueServerCertificate(["127.0.0.1"]);
  let taken = 0;
  let onAck: (payload: Buffer) => void = () => {};
  const aedes = await Aedes.createBroker({
    authorizePublish(_client, packet, done) {
      if (packet.topic.endsWith("/t")) taken += 1;
      else onAck(packet.payload as Buffer);
      done(null);
    },
  });
  const server = createTlsServer(
    {
      cert: certificatePem,
      key: keyPem,
      ca: authority.caCertificatePem,
      requestCert: true,
      rejectUnauthorized: true,
    },
    (socket) => void aedes.handle(socket.setNoDelay(true)),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    publish: (topic, payload) =>
      aedes.publish({ cmd: "publish", topic, payload, qos: 1, retain: false, dup: false }, () => {}),
    onAck(listen) {
      onAck = listen;
    },
    taken: () => taken,
    async stop() {
      await new Promise<void>((resolve) => aedes.close(resolve));
      server.close();
    },
  };
}

async function bareMosquitto(authority: DeviceAuthority, dir: string, tls: LeanTls): Promise<BareBroker> {
  const mosquitto = await startBareMosquitto(authority, join(dir, "mosquitto"));
  let onAck: (payload: Buffer) => void = () => {};
  const commander = await LeanMqttClient.connect({
    port: mosquitto.port,
    tls,
    clientId: "commander",
    onMessage: (_topic, payload) => onAck(payload),
  });
  await commander.subscribe("+/a");
  return {
    port: mosquitto.port,
    publish: (topic, payload) => void commander.publish(topic, payload),
    onAck(listen) {
      onAck = listen;
    },
    taken: () => 0,
    async stop() {
      commander.end();
      await mosquitto.stop();
    },
  };
}

async function openClients(task: ClientsTask): Promise<{ stop(): Promise<void> }> {
  const child: ChildProcess = fork(fileURLToPath(new URL("./bare-clients.ts", import.meta.url)), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on("message", (message: FromClients) => message.kind === "ready" && resolve());
    child.once("exit", (code) => reject(new Error(`the clients' process ended with ${code}`)));
  });
  child.send({ kind: "open", task } satisfies ToClients);
  await ready;
  return {
    async stop() {
      const exited = once(child, "exit");
      child.send({ kind: "stop" } satisfies ToClients);
      await exited;
    },
  };
}
