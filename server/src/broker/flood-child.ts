/**
 * A broker in a process of its own, for the test that tries to end it: prints its port, then a line for each count
 * asked for on standard input.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { systemClock } from "../clock.ts";
import { embeddedBroker } from "./embedded-broker.ts";

const [caPath, certificatePath, keyPath] = process.argv.slice(2);
const counts: Record<string, number> = {};
const broker = embeddedBroker({
  host: "127.0.0.1",
  port: 0,
  tls: {
    caCertificatePem: readFileSync(caPath!, "utf8"),
    certificatePem: readFileSync(certificatePath!, "utf8"),
    keyPem: readFileSync(keyPath!, "utf8"),
  },
  clock: systemClock,
  random: Math.random,
  count: (event) => {
    counts[event] = (counts[event] ?? 0) + 1;
  },
  isChipAllowed: () => true,
  limits: { messagesPerSecond: 100_000, messageBurst: 100_000 },
});
await broker.start(() => new Promise(setImmediate));
process.stdout.write(`${broker.port}\n`);
createInterface({ input: process.stdin }).on("line", () =>
  process.stdout.write(`${JSON.stringify(counts)}\n`),
);
