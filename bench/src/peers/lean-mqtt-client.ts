import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

export interface LeanTls {
  caCertificatePem: string;
  certificatePem: string;
  keyPem: string;
}

export interface LeanConnectOptions {
  port: number;
  /** Undefined: plain TCP. */
  tls: LeanTls | undefined;
  clientId: string;
  onMessage?: (topic: string, payload: Buffer) => void;
}

/**
 * As little of MQTT 3.1.1 as a load needs, QoS 1 only, so that the load costs less than what it measures: a general
 * client spends more on a message than the broker does.
 */
export class LeanMqttClient {
  readonly #socket: Socket;
  readonly #onMessage: (topic: string, payload: Buffer) => void;
  readonly #waiting = new Map<number, () => void>();
  #onConnack: () => void = () => {};
  #rest: Buffer = Buffer.alloc(0);
  #lastId = 0;

  private constructor(socket: Socket, onMessage: (topic: string, payload: Buffer) => void) {
    this.#socket = socket;
    this.#onMessage = onMessage;
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  static connect({ port, tls, clientId, onMessage = () => {} }: LeanConnectOptions): Promise<LeanMqttClient> {
    return new Promise((resolve, reject) => {
      const host = "127.0.0.1";
      const opened = () => {
        const client = new LeanMqttClient(socket, onMessage);
        client.#onConnack = () => resolve(client);
        const id = Buffer.from(clientId);
        // Protocol MQTT, level 4, clean session, no keepalive (MQTT 3.1.1 §3.1).
        const head = Buffer.from("\0\x04MQTT\x04\x02\0\0", "latin1");
        socket.write(packet(0x10, Buffer.concat([head, uint16(id.length), id])));
      };
      const socket: Socket = tls
        ? connectTls(
            { host, port, ca: tls.caCertificatePem, cert: tls.certificatePem, key: tls.keyPem },
            opened,
          )
        : connectTcp(port, host, opened);
      socket.setNoDelay(true);
      socket.once("error", reject);
    });
  }

  subscribe(topic: string): Promise<void> {
    const id = this.#nextId();
    const name = Buffer.from(topic);
    this.#socket.write(packet(0x82, Buffer.concat([uint16(id), uint16(name.length), name, Buffer.of(1)])));
    return this.#answerOf(id);
  }

  /** Resolves at PUBACK. */
  publish(topic: string, payload: Uint8Array): Promise<void> {
    const id = this.#nextId();
    const name = Buffer.from(topic);
    this.#socket.write(packet(0x32, Buffer.concat([uint16(name.length), name, uint16(id), payload])));
    return this.#answerOf(id);
  }

  end(): void {
    this.#socket.destroy();
  }

  #nextId(): number {
    this.#lastId = (this.#lastId % 0xffff) + 1;
    return this.#lastId;
  }

  #answerOf(id: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  #read(chunk: Buffer): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const frame = frameAt(bytes, at);
      if (!frame) break;
      this.#take(bytes[at]! >> 4, bytes.subarray(frame.bodyAt, frame.endAt), bytes[at]!);
      at = frame.endAt;
    }
    this.#rest = bytes.subarray(at);
  }

  #take(type: number, body: Buffer, first: number): void {
    if (type === 2) this.#onConnack();
    if (type === 4 || type === 9) {
      const id = body.readUInt16BE(0);
      this.#waiting.get(id)?.();
      this.#waiting.delete(id);
    }
    if (type !== 3) return;
    const topicEnd = 2 + body.readUInt16BE(0);
    const topic = body.toString("utf8", 2, topicEnd);
    const isQos1 = (first & 0x06) === 0x02;
    if (isQos1) this.#socket.write(Buffer.of(0x40, 2, body[topicEnd]!, body[topicEnd + 1]!));
    this.#onMessage(topic, body.subarray(isQos1 ? topicEnd + 2 : topicEnd));
  }
}

/** The packet that starts at `at`, or undefined while it is not complete. */
function frameAt(bytes: Buffer, at: number): { bodyAt: number; endAt: number } | undefined {
  let length = 0;
  for (let index = 0; index < 4; index++) {
    const byte = bytes[at + 1 + index];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 128 ** index;
    if ((byte & 0x80) === 0) {
      const bodyAt = at + 2 + index;
      return bodyAt + length <= bytes.length ? { bodyAt, endAt: bodyAt + length } : undefined;
    }
  }
  throw new Error("the broker sent a packet of a wrong length");
}

function packet(first: number, body: Buffer): Buffer {
  const length: number[] = [];
  let rest = body.length;
  do {
    length.push((rest & 127) | (rest > 127 ? 128 : 0));
    rest >>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.of(first, ...length), body]);
}

const uint16 = (value: number) => Buffer.of(value >> 8, value & 255);
