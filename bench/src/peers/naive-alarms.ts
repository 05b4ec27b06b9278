import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import type { DatabaseName } from "../platform/platform.ts";
import { type Summary, summarise } from "../statistics.ts";
import { monotonicMs, Worker } from "../worker.ts";
import { LeanMqttClient } from "./lean-mqtt-client.ts";

export interface NaivePorts {
  brokerPort: number;
  deskPort: number;
}

export interface NaiveTask {
  database: DatabaseName;
  clients: number;
  alarms: number;
  seconds: number;
}

/** Milliseconds from an event's publishing to its line at a desk, with one INSERT and one broadcast an event. */
export async function measureNaiveAlarms(task: NaiveTask): Promise<Summary> {
  const worker = new Worker(new URL("./naive-alarms-worker.ts", import.meta.url));
  try {
    const { brokerPort, deskPort } = await worker.ask<NaivePorts>("start", task.database);
    const desk = connect(deskPort, "127.0.0.1");
    await once(desk, "connect");
    const sentAtMs = new Map<string, number>();
    const millis: number[] = [];
    const all = Promise.withResolvers<void>();
    createInterface({ input: desk }).on("line", (line) => {
      millis.push(monotonicMs() - sentAtMs.get(line)!);
      if (millis.length === task.alarms) all.resolve();
    });
    const clients = await connected(brokerPort, task.clients);
    const startedMs = monotonicMs();
    for (let index = 0; index < task.alarms; index++) {
      const waitMs = startedMs + (index / task.alarms) * task.seconds * 1000 - monotonicMs();
      if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
      const text = `alarm ${index} ${"x".repeat(60)}`;
      sentAtMs.set(text, monotonicMs());
      void clients[index % clients.length]!.publish("naive/e", Buffer.from(text));
    }
    await all.promise;
    for (const client of clients) client.end();
    desk.destroy();
    return summarise(millis);
  } finally {
    await worker.stop();
  }
}

async function connected(port: number, count: number): Promise<LeanMqttClient[]> {
  const clients: LeanMqttClient[] = [];
  for (let index = 0; index < count; index++) {
    clients.push(await LeanMqttClient.connect({ port, tls: undefined, clientId: `n${index}` }));
  }
  return clients;
}
