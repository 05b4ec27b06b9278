import {
  bytesToHex,
  type ChipEvent,
  checkpointToBeSigned,
  encodeEvent,
  eventHash,
  GENESIS_HASH,
} from "@hanyouxu/protocol";
import { sha256 } from "../testing/node-crypto.ts";
import { NOON_SECONDS, WORK } from "./frame-cases.ts";
import { CHIP, type KeptSignatures } from "./keys.ts";

type Told = Pick<ChipEvent, "boot" | "kind" | "data">;

/** A chip's first session: each event links to the one before, across a boot; a checkpoint signs the chain so far. */
export function chainFile(signatures: KeptSignatures): object {
  const totals = {
    energisedMs: 60_000,
    arcMs: 24_000,
    arcCount: 3,
    energyKilojoules: 118,
    peakDeciamps: 1640,
  };
  const told: Told[] = [
    { boot: 1, kind: "booted", data: { firmware: "hy-sim 1.0.0", resetCause: "power-on" } },
    { boot: 1, kind: "granted", data: { workSessionId: WORK } },
    { boot: 1, kind: "energised", data: { workSessionId: WORK } },
    { boot: 2, kind: "booted", data: { firmware: "hy-sim 1.0.0", resetCause: "brown-out" } },
    { boot: 2, kind: "power-lost", data: { atUptimeMs: 60_000 } },
    { boot: 2, kind: "de-energised", data: { workSessionId: WORK, reason: "power-lost", ...totals } },
    { boot: 2, kind: "checkpoint", data: { workSessionId: WORK, signature: new Uint8Array(64) } },
  ];
  let previousHash: Uint8Array = GENESIS_HASH;
  const events = told.map((item, index) => {
    const seq = told.slice(0, index + 1).filter((other) => other.boot === item.boot).length;
    const at = {
      uptimeMs: index * 1000,
      clockMs: NOON_SECONDS * 1000 + index,
      clockTrust: "verified" as const,
    };
    const event = { ...item, seq, ...at, stateVersion: index, previousHash } as ChipEvent;
    if (event.kind === "checkpoint") {
      event.data.signature = signatures.signer("chip").sign(checkpointToBeSigned(CHIP, event));
    }
    const encoded = encodeEvent(event);
    previousHash = eventHash(sha256, encoded);
    return { hex: bytesToHex(encoded), hash: bytesToHex(previousHash), ...checkpointDetails(event) };
  });
  return { chipId: CHIP, chipKey: "chip", genesisHash: bytesToHex(GENESIS_HASH), events };
}

function checkpointDetails(event: ChipEvent): object {
  return event.kind === "checkpoint" ? { toBeSigned: bytesToHex(checkpointToBeSigned(CHIP, event)) } : {};
}
