import { connect, type Socket } from "node:net";
import type { Findings } from "./findings.ts";
import { hostileText, hostileValue, type SeededRandom } from "./hostile-values.ts";

const CONNECTION_LIMIT_MS = 10_000;
/** More than a page may ever say. */
const TOO_LONG = 20_000;

/** Speaks to the live connection (RFC 6455) as broken or hostile pages do, frame by frame. */
export class LiveFuzz {
  readonly #port: number;
  /** Of a person with a map; undefined answers must be refusals. */
  readonly #cookie: string;
  readonly #random: SeededRandom;
  readonly #findings: Findings;

  constructor(baseUrl: string, cookie: string, random: SeededRandom, findings: Findings) {
    this.#port = Number(new URL(baseUrl).port);
    this.#cookie = cookie;
    this.#random = random;
    this.#findings = findings;
  }

  /** One connection with some frames. */
  async step(): Promise<void> {
    const random = this.#random;
    const attack = random.pick(["handshake", "text", "text", "frames", "oversized", "stranger"] as const);
    this.#findings.count(`live ${attack}`);
    const frames = { handshake: [], stranger: [], text: this.#texts(), frames: this.#brokenFrames() };
    const parts = attack === "oversized" ? [frame(0x1, random.bytes(TOO_LONG))] : frames[attack];
    const answer = await exchange(connect(this.#port, "127.0.0.1"), this.#handshake(attack), parts);
    const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
    if (status?.startsWith("5")) this.#findings.violation(`live ${attack}: ${answer.slice(0, 300)}`);
    if (attack === "stranger" && status !== "401") {
      this.#findings.violation(`live: a stranger was answered ${answer.slice(0, 100)}`);
    }
    if (attack === "text" && status !== "101")
      this.#findings.violation(`live: not opened: ${answer.slice(0, 200)}`);
  }

  #handshake(attack: string): string {
    const random = this.#random;
    const lines = [
      "GET /api/live HTTP/1.1",
      `host: 127.0.0.1:${this.#port}`,
      "connection: upgrade",
      "upgrade: websocket",
      `sec-websocket-key: ${Buffer.from(random.bytes(16)).toString("base64")}`,
      "sec-websocket-version: 13",
    ];
    if (attack !== "stranger") lines.push(`cookie: ${this.#cookie}`);
    if (attack === "handshake") {
      const text = hostileText(random).replaceAll(/[\r\n]/g, "");
      lines[random.below(lines.length)] += text;
      lines.push(`sec-websocket-protocol: ${text}`, `sec-websocket-extensions: ${text}`);
    }
    return `${lines.join("\r\n")}\r\n\r\n`;
  }

  #texts(): Uint8Array[] {
    return Array.from({ length: 1 + this.#random.below(20) }, () => {
      const random = this.#random;
      const view = { type: "view", view: 1, cells: [1], hasAlarms: true, filter: {}, watched: [] };
      const field = random.pick(["view", "cells", "hasAlarms", "filter", "watched"]);
      const value = random.pick([
        () => ({ type: "resync" }),
        () => ({ ...view, [field]: hostileValue(random) }),
        () => hostileValue(random),
      ])();
      return frame(0x1, Buffer.from(JSON.stringify(value) ?? ""));
    });
  }

  /** Reserved opcodes and bits, no mask, lengths that promise more than there is, fragments that never end. */
  #brokenFrames(): Uint8Array[] {
    const random = this.#random;
    return Array.from({ length: 1 + random.below(5) }, () =>
      random.pick([
        () => random.bytes(random.below(200)),
        () => Buffer.concat([Buffer.from([0x81, 0x05]), Buffer.from("hello")]),
        () => Buffer.from([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        () => frame(random.below(16), random.bytes(random.below(130))),
        () => frame(0x1, random.bytes(random.below(100)), { isFinal: false }),
        () => frame(0x1, Buffer.from([0xff, 0xfe, 0xc0, 0x80])),
      ])(),
    );
  }
}

/** A masked frame of a client (RFC 6455 §5.2). */
function frame(opcode: number, payload: Uint8Array, { isFinal = true } = {}): Uint8Array {
  const { length } = payload;
  const size = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 0xff];
  const mask = [1, 2, 3, 4];
  const masked = payload.map((byte, index) => byte ^ mask[index % 4]!);
  return Buffer.concat([Buffer.from([(isFinal ? 0x80 : 0) | opcode, ...size, ...mask]), masked]);
}

/** Sends it all, then the end; resolves to how the answer begins once the other side is done too. */
async function exchange(socket: Socket, handshake: string, parts: readonly Uint8Array[]): Promise<string> {
  return await new Promise((resolve) => {
    let answer = "";
    socket.on("data", (data) => {
      if (answer.length < 2_000) answer += data.toString("latin1");
      // Answered: whatever there was to say has been said.
      if (answer.includes("\r\n\r\n")) socket.end();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
    socket.setTimeout(CONNECTION_LIMIT_MS, () => socket.destroy());
    socket.write(handshake);
    for (const part of parts) socket.write(part);
  });
}
