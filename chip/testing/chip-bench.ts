import type { Reading } from "@hanyouxu/chip";
import type { ChipId } from "@hanyouxu/protocol";
import type { TestPlatform } from "./test-platform.ts";
import type { UplinkRecord } from "./uplink-record.ts";

/** A chip of some make on a test bench: what the host suite can do to it and see of it. */
export interface ChipBench {
  chipId: ChipId;
  chipSpki: Uint8Array;
  platform: TestPlatform;
  uplink: UplinkRecord;
  relayClosed(): boolean;
  /** Whether the platform has told the chip the time in this boot. */
  hasTime(): boolean;
  powerOn(): Promise<void>;
  powerCut(): Promise<void>;
  shutDown(): Promise<void>;
  send(bytes: Uint8Array): void;
  /** From now on the sensors say this; seen when the call returns. */
  sense(changes: Partial<Reading>): void;
  /** The connection breaks at once and none can be made until it is mended. */
  cutNetwork(): void;
  mendNetwork(): void;
  holdAcknowledgements(held: boolean): void;
  /** The platform loses all it has not acknowledged. */
  forgetUplink(): void;
  /** Lets time pass until `condition` holds; rejects when it does not within the chip's own time limits. */
  waitFor(condition: () => boolean): Promise<void>;
  dispose(): Promise<void>;
}
