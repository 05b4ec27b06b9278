import { readdirSync, readFileSync } from "node:fs";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Findings } from "./findings.ts";
import { hostileText, mutated, type SeededRandom } from "./hostile-values.ts";
import { mqttConnect, mqttPublish, mqttSubscribe } from "./mqtt-packets.ts";

/** A chip's identity in the hands of an attacker. */
export interface StolenChip {
  chipId: string;
  certificatePem: string;
  keyPem: string;
  caPem: string;
}

const CONNECTION_LIMIT_MS = 15_000;
const LARGEST_PAYLOAD = 8_000;

/** Speaks to the broker as broken or hostile chips do, byte by byte, over real mutual TLS. */
export class FrameFuzz {
  readonly #port: number;
  readonly #chips: readonly StolenChip[];
  /** Of chips that the fuzz does not own: nothing may reach or come from them. */
  readonly #others: readonly string[];
  readonly #random: SeededRandom;
  readonly #findings: Findings;
  readonly #frames = vectorFrames();

  constructor(
    brokerUrl: string,
    chips: readonly StolenChip[],
    others: readonly string[],
    random: SeededRandom,
    findings: Findings,
  ) {
    this.#port = Number(new URL(brokerUrl).port);
    this.#chips = chips;
    this.#others = others;
    this.#random = random;
    this.#findings = findings;
  }

  /** One connection with some packets. */
  async step(): Promise<void> {
    const random = this.#random;
    const chip = random.pick(this.#chips);
    const attack = random.pick([
      "frames",
      "frames",
      "frames",
      "packets",
      "topics",
      "garbage",
      "plain",
    ] as const);
    this.#findings.count(`broker ${attack}`);
    if (attack === "plain")
      return await this.#exchange(connectTcp(this.#port, "127.0.0.1"), [random.bytes(300)]);
    const packets = this.#packetsOf(attack, chip);
    await this.#exchange(
      connectTls({
        host: "127.0.0.1",
        port: this.#port,
        ca: chip.caPem,
        cert: chip.certificatePem,
        key: chip.keyPem,
      }),
      attack === "garbage" ? packets : [mqttConnect(chip.chipId), ...packets],
    );
  }

  #packetsOf(attack: "frames" | "packets" | "topics" | "garbage", chip: StolenChip): Uint8Array[] {
    const random = this.#random;
    const count = 1 + random.below(20);
    return Array.from({ length: count }, (_, index) => {
      if (attack === "garbage") return random.bytes(1 + random.below(2_000));
      if (attack === "packets") {
        const whole = random.chance(0.5)
          ? mqttPublish({ topic: `hy1/${chip.chipId}/t`, payload: random.bytes(40), id: index + 1 })
          : mqttSubscribe(
              random.pick(["#", "hy1/+/d", `hy1/${random.pick(this.#others)}/d`, "$share/x/#"]),
              index + 1,
            );
        return mutated(random, whole);
      }
      const topic =
        attack === "topics" ? this.#foreignTopic(chip) : `hy1/${chip.chipId}/${random.pick(["t", "e", "a"])}`;
      const odd = random.chance(attack === "topics" ? 0.1 : 0.02);
      return mqttPublish({
        topic,
        payload: this.#payload(),
        id: index + 1,
        qos: odd ? random.pick([0, 2, 3]) : 1,
        retain: odd && random.chance(0.5),
      });
    });
  }

  #payload(): Uint8Array {
    const random = this.#random;
    if (random.chance(0.01)) return random.bytes(LARGEST_PAYLOAD);
    if (random.chance(0.15)) return random.bytes(random.below(200));
    const frame = random.pick(this.#frames);
    return random.chance(0.15) ? frame : mutated(random, frame);
  }

  #foreignTopic(chip: StolenChip): string {
    const random = this.#random;
    const other = random.pick(this.#others);
    return random.pick([
      `hy1/${other}/${random.pick(["t", "e", "a", "d"])}`,
      `hy1/${chip.chipId}/d`,
      `hy1/${chip.chipId}/t/more`,
      `hy2/${chip.chipId}/t`,
      "$SYS/broker/log",
      "+/+/t",
      hostileText(random),
    ]);
  }

  /** Sends, reads what comes, ends with the connection: by the broker, by us in the middle of a packet, or by time. */
  async #exchange(socket: Socket, packets: readonly Uint8Array[]): Promise<void> {
    await new Promise<void>((resolve) => {
      const limit = setTimeout(() => {
        this.#findings.violation("the broker kept a connection that had been ended");
        socket.destroy();
      }, CONNECTION_LIMIT_MS);
      socket.on("error", () => {});
      socket.on("close", () => {
        clearTimeout(limit);
        resolve();
      });
      socket.resume();
      for (const packet of packets) socket.write(packet);
      // Whoever leaves at once is not listened to: most stay until the platform has had a look.
      const staysMs = this.#random.chance(0.8) ? 100 + this.#random.below(200) : this.#random.below(20);
      const leave = this.#random.chance(0.3) ? () => socket.destroy() : () => socket.end();
      setTimeout(leave, staysMs);
    });
  }
}

/** Frames that are almost right are the hardest: the protocol's own vectors, valid and invalid. */
function vectorFrames(): Uint8Array[] {
  const folder = new URL("../../../protocol/vectors/", import.meta.url);
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"));
  const found = texts.flatMap((text) => [...text.matchAll(/"hex":\s*"([0-9a-f]+)"/g)].map(([, hex]) => hex!));
  return found.map((hex) => new Uint8Array(Buffer.from(hex, "hex")));
}
