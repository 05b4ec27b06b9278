/** MQTT 3.1.1 packets by hand, so that wrong ones can be made too. */

export interface PublishOptions {
  topic: string;
  payload: Uint8Array;
  id: number;
  /** 3 does not exist. */
  qos?: 0 | 1 | 2 | 3;
  retain?: boolean;
}

/** §3.1: clean session, keepalive of a minute. */
export function mqttConnect(clientId: string): Uint8Array {
  return packet(0x10, Buffer.from("\0\x04MQTT\x04\x02\0\x3c", "latin1"), text(clientId));
}

/** §3.3 */
export function mqttPublish({ topic, payload, id, qos = 1, retain = false }: PublishOptions): Uint8Array {
  const identifier = qos === 0 ? Buffer.alloc(0) : uint16(id);
  return packet(0x30 | (qos << 1) | Number(retain), text(topic), identifier, Buffer.from(payload));
}

/** §3.8 */
export function mqttSubscribe(filter: string, id: number): Uint8Array {
  return packet(0x82, uint16(id), text(filter), Buffer.of(1));
}

function packet(first: number, ...parts: Buffer[]): Uint8Array {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  let rest = body.length;
  do {
    length.push((rest & 127) | (rest > 127 ? 128 : 0));
    rest >>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.of(first, ...length), body]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint16(bytes.length), bytes]);
}

const uint16 = (value: number) => Buffer.of((value >> 8) & 255, value & 255);
