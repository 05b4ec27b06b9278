import { type ChipEvent, type ChipId, checkpointToBeSigned } from "@hanyouxu/protocol";
import { isSignedBy } from "../../crypto/is-signed-by.ts";

/** Whether the chip's own key signed the chain up to this event (ES256, P1363 form). */
export function verifyCheckpoint(
  chip: { chipId: ChipId; spki: Uint8Array },
  event: Extract<ChipEvent, { kind: "checkpoint" }>,
): boolean {
  return isSignedBy(chip.spki, checkpointToBeSigned(chip.chipId, event), event.data.signature);
}
