import { bytesToHex } from "../bytes.ts";
import { type CborValue, encodeCbor } from "../cbor.ts";
import { Fields, fixedHex, MAX_UINT32, nameAt, numberOf, PROTOCOL_VERSION, readFrame } from "../fields.ts";
import { type Decoded, decoding } from "../rejection.ts";
import { type ChipTime, readUptimeAndClock, writeUptimeAndClock } from "./clock-trust.ts";

/** How a chip answers a command. The order is the wire number and never changes. */
export const COMMAND_RESULTS = [
  "accepted",
  "malformed",
  "untrusted",
  "wrong-audience",
  "replayed",
  "expired",
  "not-yet-valid",
  "clock-unknown",
  "state-changed",
  "locked",
  "tamper",
  "gas",
  "faulted",
  "busy",
  "outside-fence",
  "unknown-session",
  "unsupported",
  "gas-warming-up",
  "gas-calibration-overdue",
  "gas-uninspected",
] as const;
export type CommandResult = (typeof COMMAND_RESULTS)[number];

export const COMMAND_ID_BYTES = 8;
export const NONCE_BYTES = 8;

/** Upward on channel a: what became of one command. */
export interface Answer extends ChipTime {
  kind: "answer";
  /** The command's id as 16 hex digits. */
  commandId: string;
  result: CommandResult;
  stateVersion: number;
  relayClosed: boolean;
}

/** As an answer, to a command that the chip refuses now and may accept after so many seconds. */
export interface Postponement extends Omit<Answer, "kind"> {
  kind: "postponed";
  /** 1–65,535. */
  readyInSeconds: number;
}

/** Upward on channel a, once after every connection: who is there, in what state, and what time it is, please. */
export interface Hello extends ChipTime {
  kind: "hello";
  /** 16 hex digits, fresh; the platform's time command echoes it, so that an old one cannot be replayed. */
  nonce: string;
  stateVersion: number;
  relayClosed: boolean;
  locked: boolean;
  /** The last event the chip has written in this boot; 0 for none. */
  lastSeq: number;
  firmware: string;
  configurationVersion: number;
  /** Counts the connections of this boot; a will that names an older one says nothing. */
  connection: number;
}

/** The MQTT will: a hint that the connection broke. The boot and connection number tell an old one from a new one. */
export interface Gone {
  kind: "gone";
  boot: number;
  connection: number;
}

export type AnswerFrame = Answer | Hello | Gone | Postponement;

/** The order is the wire number and never changes. */
export const ANSWER_FRAME_KINDS = ["answer", "hello", "gone", "postponed"] as const;

export function encodeAnswerFrame(frame: AnswerFrame): Uint8Array {
  const head = [PROTOCOL_VERSION, numberOf(frame.kind, ANSWER_FRAME_KINDS), frame.boot];
  switch (frame.kind) {
    case "answer":
      return encodeCbor([...head, ...writeAnswer(frame)]);
    case "postponed":
      return encodeCbor([...head, ...writeAnswer(frame), frame.readyInSeconds]);
    case "hello":
      return encodeCbor([
        ...head,
        ...writeUptimeAndClock(frame),
        fixedHex(frame.nonce, NONCE_BYTES),
        frame.stateVersion,
        frame.relayClosed,
        frame.locked,
        frame.lastSeq,
        frame.firmware,
        frame.configurationVersion,
        frame.connection,
      ]);
    case "gone":
      return encodeCbor([...head, frame.connection]);
  }
}

const LENGTHS = { answer: 10, hello: 14, gone: 4, postponed: 11 } as const;

function writeAnswer(answer: Omit<Answer, "kind">): CborValue[] {
  return [
    ...writeUptimeAndClock(answer),
    fixedHex(answer.commandId, COMMAND_ID_BYTES),
    numberOf(answer.result, COMMAND_RESULTS),
    answer.stateVersion,
    answer.relayClosed,
  ];
}

function readAnswer(fields: Fields): Omit<Answer, "kind" | "boot"> {
  return {
    ...readUptimeAndClock(fields),
    commandId: bytesToHex(fields.bytes("commandId", COMMAND_ID_BYTES)),
    result: fields.oneOf("result", COMMAND_RESULTS),
    stateVersion: fields.integer("stateVersion", 0, MAX_UINT32),
    relayClosed: fields.boolean("relayClosed"),
  };
}

export function decodeAnswerFrame(bytes: Uint8Array): Decoded<AnswerFrame> {
  return decoding(() => {
    const items = readFrame(bytes);
    const kind = nameAt(items[1], ANSWER_FRAME_KINDS, "kind");
    const fields = new Fields(items, kind, LENGTHS[kind], 2);
    const boot = fields.integer("boot", 1, MAX_UINT32);
    if (kind === "gone") return { kind, boot, connection: fields.integer("connection", 0, MAX_UINT32) };
    if (kind === "answer") return { kind, boot, ...readAnswer(fields) };
    if (kind === "postponed") {
      const answer = readAnswer(fields);
      return { kind, boot, ...answer, readyInSeconds: fields.integer("readyInSeconds", 1, 65_535) };
    }
    return {
      kind,
      boot,
      ...readUptimeAndClock(fields),
      nonce: bytesToHex(fields.bytes("nonce", NONCE_BYTES)),
      stateVersion: fields.integer("stateVersion", 0, MAX_UINT32),
      relayClosed: fields.boolean("relayClosed"),
      locked: fields.boolean("locked"),
      lastSeq: fields.integer("lastSeq", 0, MAX_UINT32),
      firmware: fields.text("firmware", 32),
      configurationVersion: fields.integer("configurationVersion", 0, MAX_UINT32),
      connection: fields.integer("connection", 0, MAX_UINT32),
    };
  });
}
