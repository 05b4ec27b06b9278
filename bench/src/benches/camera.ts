import { partBytes } from "@hanyouxu/chip";
import { FilmedChip } from "@hanyouxu/chip/testing";
import { VirtualClock } from "@hanyouxu/protocol";
import { generateCounty, SimulatedCamera, SimulatedMachine } from "@hanyouxu/simulator";
import { type Bench, wholeNumber } from "../bench.ts";
import { CutLink, HEAD_BYTES, uploadNaively } from "../camera/cut-link.ts";
import { percentile, rounded } from "../statistics.ts";

const WORK_MS = 1_800_000;
const RETRY_MS = 5_000;
const GAS = { gas: { lelPermille: 260, raw: 900 } };

/** Sizes of real JPEG of the drawn scene at work, full and small. */
async function sizesOf(pictures: number): Promise<{ full: number[]; small: number[] }> {
  const clock = new VirtualClock(Date.UTC(2026, 8, 7));
  const world = new SimulatedMachine(generateCounty(1, "2026-09-07").machines[0]!, 1, clock.nowMs());
  world.change(clock.nowMs(), { relayClosed: true });
  world.takeTorch(clock.nowMs());
  const camera = new SimulatedCamera(world, clock);
  const sizes = { full: [] as number[], small: [] as number[] };
  for (let index = 0; index < pictures; index++) {
    clock.advance(1_000);
    world.read(clock.nowMs());
    for (const size of ["full", "small"] as const)
      sizes[size].push((await camera.take(0, size))!.bytes.length);
  }
  return sizes;
}

/** Half an hour of work with interval pictures that find no link, then a gas cut as the link comes back. */
function alarmAfterWork(sizes: { full: number; small: number }, link: CutLink, uplinkBytesPerSecond: number) {
  const chip = new FilmedChip({ traits: { count: 1, storeBytes: 4_000_000, uplinkBytesPerSecond } });
  chip.sizes = sizes;
  chip.isLinkUp = false;
  chip.grant();
  chip.advance(WORK_MS);
  const cutMs = chip.nowMs;
  chip.carry = (bytes) => link.carry(chip.nowMs - cutMs, bytes);
  chip.sense(GAS);
  const relayAfterMs = chip.relay.at(-1)!.atMs - cutMs;
  while (chip.state.camera!.kept.length > 0 && chip.nowMs - cutMs < 7_200_000) chip.advance(1_000);
  const arrived = chip.arrived.map(({ picture, atMs }) => ({
    purpose: picture.purpose,
    bytes: picture.sizeBytes,
    readyMs: Math.max(0, picture.uptimeMs - cutMs),
    afterMs: atMs - cutMs,
  }));
  return { arrived, relayAfterMs, isRelayOpen: chip.relay.at(-1)!.closed === false };
}

/** How long a step takes that cuts, in microseconds: with pictures waiting and one on its way, and without a camera. */
function cutStepMicroseconds(isFilmed: boolean, times: number): number[] {
  return Array.from({ length: times }, (_, seed) => {
    const traits = { count: 1, storeBytes: 4_000_000, uplinkBytesPerSecond: 4_000 };
    const chip = new FilmedChip({ seed: seed + 1, ...(isFilmed ? { traits } : {}) });
    chip.carry = () => ({ arrives: false, afterMs: 50_000 });
    chip.grant();
    chip.advance(120_000);
    const before = performance.now();
    chip.sense(GAS);
    return (performance.now() - before) * 1000;
  }).sort((left, right) => left - right);
}

export const camera: Bench = {
  name: "camera",
  description: "pictures of an alarm over a narrow link that breaks, and whether uploads delay a cut",
  options: {
    kbits: { description: "of the link, a second", default: "64" },
    up: { description: "seconds that the link lasts before it is cut for five", default: "12" },
    pictures: { description: "whose size is measured", default: "20" },
    cuts: { description: "steps that cut, measured with and without a camera", default: "200" },
  },
  async run(options, say) {
    const kbits = wholeNumber(options, "kbits", 16, 100_000);
    const upSeconds = wholeNumber(options, "up", 4, 3_600);
    const measured = await sizesOf(wholeNumber(options, "pictures", 1, 1_000));
    const cuts = wholeNumber(options, "cuts", 10, 10_000);
    const mean = (values: number[]) => Math.round(values.reduce((sum, one) => sum + one, 0) / values.length);
    const sizes = { full: mean(measured.full), small: mean(measured.small) };
    say(`camera: a picture is ${sizes.full} bytes, one of a clip ${sizes.small}`);
    const shape = { bytesPerSecond: (kbits * 1000) / 8, upMs: upSeconds * 1000, downMs: 5_000 };
    const [link, naiveLink] = [new CutLink(shape), new CutLink(shape)];
    // Half of the link: events and telemetry have the other.
    const uplinkBytesPerSecond = Math.floor(shape.bytesPerSecond / 2);
    const ours = alarmAfterWork(sizes, link, uplinkBytesPerSecond);
    const isOfAlarm = ({ purpose }: { purpose: string }) => purpose === "alarm" || purpose === "clip";
    const ofAlarm = ours.arrived.filter(isOfAlarm);
    const lastMs = (arrived: typeof ours.arrived) => Math.max(...arrived.map(({ afterMs }) => afterMs));
    // The same pictures, in the order in which they were taken.
    const inOrder = [...ours.arrived].sort((left, right) => left.readyMs - right.readyMs);
    const backlogFirst = [...inOrder.filter((one) => !isOfAlarm(one)), ...inOrder.filter(isOfAlarm)];
    const naive = uploadNaively(naiveLink, backlogFirst, RETRY_MS);
    const naiveLastMs = naive.lastArrivedMs;
    const naiveMomentMs = naive.arrivedMs[backlogFirst.findIndex(({ purpose }) => purpose === "alarm")]!;
    const filmed = cutStepMicroseconds(true, cuts);
    const plain = cutStepMicroseconds(false, cuts);
    const payloadBytes = ours.arrived.reduce((sum, { bytes }) => sum + bytes, 0);
    const momentMs = Math.min(
      ...ofAlarm.filter(({ purpose }) => purpose === "alarm").map(({ afterMs }) => afterMs),
    );
    return {
      value: lastMs(ofAlarm) / 1000,
      unit: "s until the last picture of an alarm is there",
      peer: "one request a picture in the order of the taking, the whole link, from the beginning after a cut",
      peerValue: naiveLastMs / 1000,
      target: {
        text: "the relay opens in the step that sees the gas, whatever the camera does",
        isMet: ours.isRelayOpen && ours.relayAfterMs === 0,
      },
      parameters: { kbits, upSeconds, downSeconds: 5, uplinkBytesPerSecond, workMinutes: WORK_MS / 60_000 },
      repetitions: 1,
      details: {
        bytesPerPicture: sizes,
        alarm: {
          pictures: ofAlarm.length,
          momentSeconds: momentMs / 1000,
          peerMomentSeconds: naiveMomentMs / 1000,
        },
        everything: {
          pictures: ours.arrived.length,
          payloadBytes,
          carriedBytes: link.carriedBytes,
          peerCarriedBytes: naiveLink.carriedBytes,
          seconds: rounded(lastMs(ours.arrived) / 1000),
        },
        eventWaitsAtMostMs: {
          ours: Math.ceil(((partBytes({ uplinkBytesPerSecond }) + HEAD_BYTES) * 1000) / shape.bytesPerSecond),
          peer: Math.ceil(((sizes.full + HEAD_BYTES) * 1000) / shape.bytesPerSecond),
        },
        cutStepMicroseconds: {
          filmed: { p50: rounded(percentile(filmed, 0.5)), p99: rounded(percentile(filmed, 0.99)) },
          withoutCamera: { p50: rounded(percentile(plain, 0.5)), p99: rounded(percentile(plain, 0.99)) },
        },
      },
    };
  },
};
