import { randomBytes } from "node:crypto";
import { type ChipKeys, createChipKeys } from "@hanyouxu/chip/hosts/node";
import {
  bytesToHex,
  type ChipId,
  type Clock,
  type Command,
  type CommandBody,
  type CommandHeader,
  type Grant,
  type RandomBytes,
  signCommand,
  uuidFromBytes,
  type WorkSessionId,
} from "@hanyouxu/protocol";

/** The platform as far as a chip can tell: a trusted key, and orders made with it. */
export interface TestPlatform {
  keys: ChipKeys;
  nowSeconds(): number;
  /** A command for `chipId`, valid for half a minute unless `header` says otherwise. */
  command(chipId: ChipId, body: CommandBody, header?: Partial<CommandHeader>): Command;
  sign(command: Command): Uint8Array;
  /** A grant good for ten minutes from now, without a fence. */
  grant(changes?: Partial<Grant>): { kind: "grant" } & Grant;
}

export function createTestPlatform(
  clock: Pick<Clock, "nowMs">,
  random: RandomBytes = (length) => new Uint8Array(randomBytes(length)),
  keys: ChipKeys = createChipKeys(),
): TestPlatform {
  const nowSeconds = () => Math.floor(clock.nowMs() / 1000);
  return {
    keys,
    nowSeconds,
    command(chipId, body, header) {
      const commandId = bytesToHex(random(8));
      const acceptBySeconds = nowSeconds() + 30;
      return { audience: chipId, commandId, acceptBySeconds, expectedStateVersion: null, ...header, ...body };
    },
    sign: (command) => signCommand(command, keys.signer),
    grant: (changes) => ({
      kind: "grant",
      workSessionId: uuidFromBytes(random(16)) as WorkSessionId,
      welderPseudonym: "00112233445566ff",
      notBeforeSeconds: nowSeconds(),
      validSeconds: 600,
      maxEnergisedSeconds: 3_600,
      idleLimitSeconds: 300,
      fence: null,
      gasWarningLelPermille: 100,
      gasCutLelPermille: 200,
      isWatchHeartbeatRequired: false,
      decisionDigest: "8899aabbccddeeff",
      ...changes,
    }),
  };
}
