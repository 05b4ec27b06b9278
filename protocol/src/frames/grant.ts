import { bytesToHex, uuidFromBytes, uuidToBytes } from "../bytes.ts";
import type { CborValue } from "../cbor.ts";
import { type Fields, fixedHex } from "../fields.ts";
import type { WorkSessionId } from "../units.ts";
import { type Fence, fenceFromCbor, fenceToCbor } from "./fence.ts";

/** Permission to close the relay: one welder, one machine, one span of time, one place. */
export interface Grant {
  workSessionId: WorkSessionId;
  /** 16 hex digits: who, without saying who. Never the identity number. */
  welderPseudonym: string;
  /** Within MAX_START_OFFSET_SECONDS of the command's `acceptBySeconds`. */
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

/** 18.2 hours: more than any shift, and what two bytes count. The bounds keep a grant with a circle ≤ 180 bytes signed. */
export const MAX_GRANT_SECONDS = 65_535;
export const MAX_START_OFFSET_SECONDS = 65_535;

/** GB/T 50493-2019 §5.5.2: the first alarm at 25 % LEL or below, the second at 50 % LEL or below. */
export const MAX_GAS_WARNING_LEL_PERMILLE = 250;
export const MAX_GAS_CUT_LEL_PERMILLE = 500;

const PSEUDONYM_BYTES = 8;
const DIGEST_BYTES = 8;

export const GRANT_CODEC = {
  length: 11,
  write: (grant: Grant, acceptBySeconds: number): CborValue[] => [
    uuidToBytes(grant.workSessionId),
    fixedHex(grant.welderPseudonym, PSEUDONYM_BYTES),
    // Relative to the header's time: three bytes fewer on the air.
    grant.notBeforeSeconds - acceptBySeconds,
    grant.validSeconds,
    grant.maxEnergisedSeconds,
    grant.idleLimitSeconds,
    fenceToCbor(grant.fence),
    grant.gasWarningLelPermille,
    grant.gasCutLelPermille,
    grant.isWatchHeartbeatRequired,
    fixedHex(grant.decisionDigest, DIGEST_BYTES),
  ],
  read: (fields: Fields, acceptBySeconds: number): Grant => ({
    workSessionId: uuidFromBytes(fields.bytes("workSessionId", 16)) as WorkSessionId,
    welderPseudonym: bytesToHex(fields.bytes("welderPseudonym", PSEUDONYM_BYTES)),
    notBeforeSeconds:
      acceptBySeconds +
      fields.integer("notBeforeSeconds", -MAX_START_OFFSET_SECONDS, MAX_START_OFFSET_SECONDS),
    validSeconds: fields.integer("validSeconds", 1, MAX_GRANT_SECONDS),
    maxEnergisedSeconds: fields.integer("maxEnergisedSeconds", 1, MAX_GRANT_SECONDS),
    idleLimitSeconds: fields.integer("idleLimitSeconds", 1, MAX_GRANT_SECONDS),
    fence: fenceFromCbor(fields.nested()),
    gasWarningLelPermille: fields.integer("gasWarningLelPermille", 0, MAX_GAS_WARNING_LEL_PERMILLE),
    gasCutLelPermille: fields.integer("gasCutLelPermille", 0, MAX_GAS_CUT_LEL_PERMILLE),
    isWatchHeartbeatRequired: fields.boolean("isWatchHeartbeatRequired"),
    decisionDigest: bytesToHex(fields.bytes("decisionDigest", DIGEST_BYTES)),
  }),
};
