import { bytesToHex, hexToBytes, uuidFromBytes, uuidToBytes } from "../bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../cbor.ts";
import { CHIP_ID_BYTES, chipIdFromBytes, chipIdToBytes } from "../chip-id.ts";
import { openSign1, sign1 } from "../cose.ts";
import { expectVersion, Fields, MAX_CLOCK_MS, MAX_UINT32, PROTOCOL_VERSION } from "../fields.ts";
import type { Signer, Verifier } from "../ports.ts";
import { type Decoded, decoding, RejectedInput } from "../rejection.ts";
import type { ChipId, WorkSessionId } from "../units.ts";
import { COMMAND_ID_BYTES, NONCE_BYTES } from "./answer.ts";
import { DE_ENERGISE_REASONS, type DeEnergiseReason } from "./event-data.ts";
import { type Fence, fenceFromCbor, fenceToCbor } from "./fence.ts";

/** Every command names one chip, has an id of its own, a last second at which it may be accepted, and the state it expects. */
export interface CommandHeader {
  audience: ChipId;
  /** 16 hex digits, random; the chip remembers the last 64. */
  commandId: string;
  /** Seconds since 1970; later than this the chip answers "expired". */
  acceptBySeconds: number;
  /** The chip's state version this was decided on; null where any will do. */
  expectedStateVersion: number | null;
}

/** Permission to close the relay: one welder, one machine, one span of time, one place. */
export interface Grant {
  workSessionId: WorkSessionId;
  /** 16 hex digits: who, without saying who. Never the identity number. */
  welderPseudonym: string;
  notBeforeSeconds: number;
  /** Counted from `notBeforeSeconds`; after it no new arc may start. */
  validSeconds: number;
  maxEnergisedSeconds: number;
  /** Without an arc for this long the relay opens. */
  idleLimitSeconds: number;
  fence: Fence | null;
  gasWarningLelPermille: number;
  gasCutLelPermille: number;
  isWatchHeartbeatRequired: boolean;
  /** The first 8 bytes of the stored decision's digest, 16 hex digits. */
  decisionDigest: string;
}

/** Numbers a region sets for its chips; kept across boots, replaced only by a higher version. */
export interface Configuration {
  version: number;
  idleTelemetrySeconds: number;
  workingTelemetrySeconds: number;
  gasWarningLelPermille: number;
  gasCutLelPermille: number;
  /** After an interlock that stops new arcs (fence, expiry), the arc in hand may go on this long. */
  arcGraceSeconds: number;
}

interface CommandBodyByKind {
  grant: Grant;
  revoke: { workSessionId: WorkSessionId; reason: DeEnergiseReason };
  lock: { locked: boolean };
  configuration: Configuration;
  acknowledgement: { boot: number; seq: number };
  time: { platformMs: number; nonce: string };
}

export type CommandKind = keyof CommandBodyByKind;
export type CommandBody = { [Kind in CommandKind]: { kind: Kind } & CommandBodyByKind[Kind] }[CommandKind];
export type Command = CommandHeader & CommandBody;

interface BodyCodec<Body> {
  length: number;
  write(body: Body, header: CommandHeader): CborValue[];
  read(fields: Fields, header: CommandHeader): Body;
}

const MAX_DAY_SECONDS = 86_400;

/** The order of the keys is the wire number and never changes; kinds of later versions are appended. */
const BODY_CODECS: { [Kind in CommandKind]: BodyCodec<CommandBodyByKind[Kind]> } = {
  grant: {
    length: 11,
    write: (grant, header) => [
      uuidToBytes(grant.workSessionId),
      hexToBytes(grant.welderPseudonym)!,
      // Relative to the header's time: three bytes fewer on the air.
      grant.notBeforeSeconds - header.acceptBySeconds,
      grant.validSeconds,
      grant.maxEnergisedSeconds,
      grant.idleLimitSeconds,
      fenceToCbor(grant.fence),
      grant.gasWarningLelPermille,
      grant.gasCutLelPermille,
      grant.isWatchHeartbeatRequired,
      hexToBytes(grant.decisionDigest)!,
    ],
    read: (fields, header) => ({
      workSessionId: uuidFromBytes(fields.bytes("workSessionId", 16)) as WorkSessionId,
      welderPseudonym: bytesToHex(fields.bytes("welderPseudonym", 8)),
      notBeforeSeconds:
        header.acceptBySeconds + fields.integer("notBeforeSeconds", -MAX_DAY_SECONDS, MAX_DAY_SECONDS),
      validSeconds: fields.integer("validSeconds", 1, MAX_DAY_SECONDS),
      maxEnergisedSeconds: fields.integer("maxEnergisedSeconds", 1, MAX_DAY_SECONDS),
      idleLimitSeconds: fields.integer("idleLimitSeconds", 1, MAX_DAY_SECONDS),
      fence: fenceFromCbor(fields.nested()),
      gasWarningLelPermille: fields.integer("gasWarningLelPermille", 0, 1000),
      gasCutLelPermille: fields.integer("gasCutLelPermille", 0, 1000),
      isWatchHeartbeatRequired: fields.boolean("isWatchHeartbeatRequired"),
      decisionDigest: bytesToHex(fields.bytes("decisionDigest", 8)),
    }),
  },
  revoke: {
    length: 2,
    write: (body) => [uuidToBytes(body.workSessionId), DE_ENERGISE_REASONS.indexOf(body.reason)],
    read: (fields) => ({
      workSessionId: uuidFromBytes(fields.bytes("workSessionId", 16)) as WorkSessionId,
      reason: fields.oneOf("reason", DE_ENERGISE_REASONS),
    }),
  },
  lock: {
    length: 1,
    write: (body) => [body.locked],
    read: (fields) => ({ locked: fields.boolean("locked") }),
  },
  configuration: {
    length: 6,
    write: (body) => [
      body.version,
      body.idleTelemetrySeconds,
      body.workingTelemetrySeconds,
      body.gasWarningLelPermille,
      body.gasCutLelPermille,
      body.arcGraceSeconds,
    ],
    read: (fields) => ({
      version: fields.integer("configurationVersion", 1, MAX_UINT32),
      idleTelemetrySeconds: fields.integer("idleTelemetrySeconds", 1, 3600),
      workingTelemetrySeconds: fields.integer("workingTelemetrySeconds", 1, 3600),
      gasWarningLelPermille: fields.integer("gasWarningLelPermille", 0, 1000),
      gasCutLelPermille: fields.integer("gasCutLelPermille", 0, 1000),
      arcGraceSeconds: fields.integer("arcGraceSeconds", 0, 600),
    }),
  },
  acknowledgement: {
    length: 2,
    write: (body) => [body.boot, body.seq],
    read: (fields) => ({
      boot: fields.integer("boot", 1, MAX_UINT32),
      seq: fields.integer("seq", 0, MAX_UINT32),
    }),
  },
  time: {
    length: 2,
    write: (body) => [body.platformMs, hexToBytes(body.nonce)!],
    read: (fields) => ({
      platformMs: fields.integer("platformMs", 0, MAX_CLOCK_MS),
      nonce: bytesToHex(fields.bytes("nonce", NONCE_BYTES)),
    }),
  },
};

export const COMMAND_KINDS = Object.keys(BODY_CODECS) as CommandKind[];

export function encodeCommandPayload(command: Command): Uint8Array {
  const codec = BODY_CODECS[command.kind] as BodyCodec<unknown>;
  return encodeCbor([
    PROTOCOL_VERSION,
    COMMAND_KINDS.indexOf(command.kind),
    chipIdToBytes(command.audience),
    hexToBytes(command.commandId)!,
    command.acceptBySeconds,
    command.expectedStateVersion,
    ...codec.write(command, command),
  ]);
}

export function decodeCommandPayload(payload: Uint8Array): Decoded<Command> {
  return decoding(() => {
    const items = decodeCbor(payload);
    if (!Array.isArray(items)) throw new RejectedInput("wrong-shape", "command");
    const kind = COMMAND_KINDS[items[1] as number];
    if (kind === undefined) throw new RejectedInput("unknown-kind", "kind");
    const codec = BODY_CODECS[kind] as BodyCodec<object>;
    const fields = new Fields(items, kind, 6 + codec.length);
    expectVersion(fields);
    fields.integer("kind", 0, COMMAND_KINDS.length - 1);
    const header: CommandHeader = {
      audience: chipIdFromBytes(fields.bytes("audience", CHIP_ID_BYTES)),
      commandId: bytesToHex(fields.bytes("commandId", COMMAND_ID_BYTES)),
      acceptBySeconds: fields.integer("acceptBySeconds", 0, MAX_UINT32),
      expectedStateVersion: fields.nullableInteger("expectedStateVersion", 0, MAX_UINT32),
    };
    return { ...header, kind, ...codec.read(fields, header) } as Command;
  });
}

/** Downward on channel d: the command as COSE_Sign1 by the platform. */
export function signCommand(command: Command, signer: Signer): Uint8Array {
  return sign1(encodeCommandPayload(command), signer);
}

/** The command a trusted key signed. Audience, replay, expiry and state are the chip's to check. */
export function openCommand(bytes: Uint8Array, verifier: Verifier): Decoded<Command> {
  const opened = openSign1(bytes, verifier);
  return opened.ok ? decodeCommandPayload(opened.value) : opened;
}
