import { bytesToHex } from "../bytes.ts";
import { encodeCbor } from "../cbor.ts";
import { CHIP_ID_BYTES, chipIdFromBytes, chipIdToBytes } from "../chip-id.ts";
import { openSign1, sign1 } from "../cose.ts";
import { Fields, fixedHex, MAX_UINT32, nameAt, numberOf, PROTOCOL_VERSION, readFrame } from "../fields.ts";
import type { Signer, Verifier } from "../ports.ts";
import { type Decoded, decoding } from "../rejection.ts";
import type { ChipId } from "../units.ts";
import { COMMAND_ID_BYTES } from "./answer.ts";
import {
  BODY_CODECS,
  type BodyCodec,
  COMMAND_KINDS,
  type CommandBodyByKind,
  type CommandKind,
} from "./command-body.ts";

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

export type CommandBody = { [Kind in CommandKind]: { kind: Kind } & CommandBodyByKind[Kind] }[CommandKind];
export type Command = CommandHeader & CommandBody;

const HEADER_LENGTH = 6;

export function encodeCommandPayload(command: Command): Uint8Array {
  const codec = BODY_CODECS[command.kind] as BodyCodec<unknown>;
  return encodeCbor([
    PROTOCOL_VERSION,
    numberOf(command.kind, COMMAND_KINDS),
    chipIdToBytes(command.audience),
    fixedHex(command.commandId, COMMAND_ID_BYTES),
    command.acceptBySeconds,
    command.expectedStateVersion,
    ...codec.write(command, command.acceptBySeconds),
  ]);
}

export function decodeCommandPayload(payload: Uint8Array): Decoded<Command> {
  return decoding(() => {
    const items = readFrame(payload);
    const kind = nameAt(items[1], COMMAND_KINDS, "kind");
    const codec = BODY_CODECS[kind] as BodyCodec<object>;
    const fields = new Fields(items, kind, HEADER_LENGTH + codec.length, 2);
    const header: CommandHeader = {
      audience: chipIdFromBytes(fields.bytes("audience", CHIP_ID_BYTES)),
      commandId: bytesToHex(fields.bytes("commandId", COMMAND_ID_BYTES)),
      acceptBySeconds: fields.integer("acceptBySeconds", 0, MAX_UINT32),
      expectedStateVersion: fields.nullableInteger("expectedStateVersion", 0, MAX_UINT32),
    };
    return { ...header, kind, ...codec.read(fields, header.acceptBySeconds) } as Command;
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
