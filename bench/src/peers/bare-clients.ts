/**
 * The clients of a bare broker, in a process of their own as chips are: each answers what it is sent; together they send
 * telemetry at a rate, or as much as their windows let through.
 */
import { LeanMqttClient, type LeanTls } from "./lean-mqtt-client.ts";

export interface ClientsTask {
  port: number;
  tls: LeanTls | undefined;
  clients: number;
  payloadBytes: number;
  /** Over all clients; 0 for none. */
  messagesPerSecond: number;
  /** Instead of a rate: unacknowledged messages of each client. */
  window: number;
}

/** What the parent says, and what this process answers. */
export type ToClients = { kind: "open"; task: ClientsTask } | { kind: "count" } | { kind: "stop" };
export type FromClients = { kind: "ready" } | { kind: "counted"; acknowledged: number };

const CONNECTING_AT_ONCE = 50;
let acknowledged = 0;

process.on("message", (message: ToClients) => {
  if (message.kind === "open") void open(message.task);
  if (message.kind === "count") send({ kind: "counted", acknowledged });
  if (message.kind === "stop") process.exit(0);
});

async function open(task: ClientsTask): Promise<void> {
  const clients: { client: LeanMqttClient; topic: string }[] = [];
  const next = [...Array(task.clients).keys()];
  async function connectSome(): Promise<void> {
    for (let index = next.pop(); index !== undefined; index = next.pop()) {
      const name = `c${index}`;
      const client: LeanMqttClient = await LeanMqttClient.connect({
        port: task.port,
        tls: task.tls,
        clientId: name,
        onMessage: (_topic, payload) => void client.publish(`${name}/a`, payload),
      });
      await client.subscribe(`${name}/d`);
      clients.push({ client, topic: `${name}/t` });
    }
  }
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, connectSome));
  send({ kind: "ready" });
  const payload = Buffer.alloc(task.payloadBytes, 0x5a);
  if (task.messagesPerSecond > 0) sendAtRate(clients, task.messagesPerSecond, payload);
  for (const { client, topic } of clients) {
    for (let slot = 0; slot < task.window; slot++) void sendOnAndOn(client, topic, payload);
  }
}

async function sendOnAndOn(client: LeanMqttClient, topic: string, payload: Buffer): Promise<void> {
  for (;;) {
    await client.publish(topic, payload);
    acknowledged += 1;
  }
}

/** Evenly, in slices of 10 ms, the clients in turn. */
function sendAtRate(
  clients: readonly { client: LeanMqttClient; topic: string }[],
  perSecond: number,
  payload: Buffer,
): void {
  const startedMs = performance.now();
  let sent = 0;
  setInterval(() => {
    const due = ((performance.now() - startedMs) / 1000) * perSecond;
    for (; sent < due; sent++) {
      const { client, topic } = clients[sent % clients.length]!;
      void client.publish(topic, payload).then(() => {
        acknowledged += 1;
      });
    }
  }, 10);
}

function send(message: FromClients): void {
  process.send?.(message);
}
