import type { ChipBench } from "./chip-bench.ts";
import { FakeChip } from "./fake-chip.ts";
import { NO_FAULTS } from "./memory-link.ts";
import { UplinkRecord } from "./uplink-record.ts";

const STEP_MS = 50;
const GIVE_UP_MS = 600_000;

/** The in-memory host on the suite's bench: virtual time moves only while the suite waits. */
export async function createFakeChipBench(): Promise<ChipBench> {
  const fake = new FakeChip({ isPowered: false });
  return {
    chipId: fake.ports.chipId,
    chipSpki: fake.chipSpki,
    platform: fake.platform,
    get uplink() {
      return fake.uplink;
    },
    relayClosed: () => fake.relayClosed,
    hasTime: () => fake.state.clock.verifiedAtUptimeMs !== null,
    async powerOn() {
      fake.reboot();
    },
    async powerCut() {
      fake.killPower();
    },
    shutDown: () => fake.chip.stop(),
    send: (bytes) => fake.memory.deliver(bytes),
    sense: (changes) => fake.sense(changes),
    cutNetwork() {
      fake.memory.faults = { ...NO_FAULTS, isReachable: false };
      fake.memory.cut();
    },
    mendNetwork() {
      fake.memory.faults = NO_FAULTS;
    },
    holdAcknowledgements(held) {
      fake.acknowledges = !held;
    },
    forgetUplink() {
      fake.uplink = new UplinkRecord();
    },
    async waitFor(condition) {
      for (let waitedMs = 0; !condition(); waitedMs += STEP_MS) {
        if (waitedMs > GIVE_UP_MS)
          throw new Error(`not within ${GIVE_UP_MS} ms of virtual time: ${condition}`);
        fake.advance(STEP_MS);
      }
    },
    async dispose() {
      fake.killPower();
    },
  };
}
