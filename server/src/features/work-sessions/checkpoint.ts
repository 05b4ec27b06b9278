import { createPublicKey, verify } from "node:crypto";
import { type ChipEvent, type ChipId, checkpointToBeSigned } from "@hanyouxu/protocol";

/** Whether the chip's own key signed the chain up to this event (ES256, P1363 form). */
export function verifyCheckpoint(
  chip: { chipId: ChipId; spki: Uint8Array },
  event: Extract<ChipEvent, { kind: "checkpoint" }>,
): boolean {
  const key = createPublicKey({ key: Buffer.from(chip.spki), format: "der", type: "spki" });
  return verify(
    "sha256",
    checkpointToBeSigned(chip.chipId, event),
    { key, dsaEncoding: "ieee-p1363" },
    event.data.signature,
  );
}
