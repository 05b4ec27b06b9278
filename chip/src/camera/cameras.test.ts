import { FilmedChip, freezeState, RandomThings } from "@hanyouxu/chip/testing";
import type { Picture, PicturePurpose } from "@hanyouxu/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CameraTraits } from "./camera-state.ts";

const TRAITS: CameraTraits = { count: 1, storeBytes: 2_000_000, uplinkBytesPerSecond: 4_000 };
const CAMERA_EFFECTS = new Set(["take-picture", "keep-picture", "forget-pictures", "send-picture"]);

const filmed = (changes: Partial<CameraTraits> = {}) => new FilmedChip({ traits: { ...TRAITS, ...changes } });
const waiting = (chip: FilmedChip): Picture[] => chip.state.camera!.kept.map(({ picture }) => picture);
const all = (chip: FilmedChip) => [...chip.arrived.map(({ picture }) => picture), ...waiting(chip)];
const countOf = (chip: FilmedChip, purpose: PicturePurpose) =>
  all(chip).filter((picture) => picture.purpose === purpose).length;
const gasCut = { gas: { lelPermille: 260, raw: 900 } };

describe("a camera in the chip", () => {
  it("takes a picture when work starts and one a minute while it goes on, none at rest", () => {
    const chip = filmed();
    chip.advance(600_000);
    expect(all(chip)).toEqual([]);
    chip.grant();
    chip.advance(600_500);
    expect(countOf(chip, "event")).toBe(1);
    expect(countOf(chip, "interval")).toBe(10);
    expect(all(chip).every(({ workSessionId }) => workSessionId !== null)).toBe(true);
  });

  it("shows ten seconds before an alarm and twenty after it, and the moment itself", () => {
    const chip = filmed({ uplinkBytesPerSecond: 100_000 });
    chip.grant();
    chip.advance(60_000);
    const cutMs = chip.nowMs;
    chip.sense(gasCut);
    expect(chip.relay.at(-1)).toEqual({ closed: false, atMs: cutMs });
    chip.advance(120_000);
    const clip = all(chip).filter(({ purpose }) => purpose === "clip");
    const times = clip.map(({ uptimeMs }) => uptimeMs - cutMs).sort((left, right) => left - right);
    expect(times[0]).toBeLessThanOrEqual(-8_000);
    expect(times.at(-1)).toBeGreaterThanOrEqual(18_000);
    expect(times.length).toBeGreaterThanOrEqual(28);
    expect(new Set(clip.map(({ eventSeq }) => eventSeq)).size).toBe(1);
    const moments = all(chip).filter(({ purpose }) => purpose === "alarm");
    // The warning and the cut of one reading, each with a picture of its own.
    expect(moments.map(({ eventSeq }) => eventSeq)).toHaveLength(2);
    expect(Math.max(...moments.map(({ uptimeMs }) => uptimeMs - cutMs))).toBeLessThanOrEqual(500);
  });

  it("answers a request with a picture that names it, of every camera when none is named", () => {
    const chip = filmed({ count: 3 });
    chip.advance(2_000);
    chip.order({ kind: "picture-request", camera: 1 });
    chip.order({ kind: "picture-request", camera: null });
    chip.advance(60_000);
    const asked = all(chip).filter(({ purpose }) => purpose === "request");
    expect(asked.map(({ camera }) => camera)).toEqual([1, 0, 1, 2]);
    expect(new Set(asked.map(({ commandId }) => commandId)).size).toBe(2);
  });

  it("is watched for as long as was asked, and not longer", () => {
    const chip = filmed({ uplinkBytesPerSecond: 100_000 });
    chip.linkBytesPerSecond = 200_000;
    chip.advance(2_000);
    chip.order({ kind: "camera-watch", camera: 0, everyMs: 500, seconds: 10 });
    chip.advance(600_000);
    const live = chip.arrived.filter(({ picture }) => picture.purpose === "live");
    expect(live.length).toBeGreaterThanOrEqual(18);
    expect(live.length).toBeLessThanOrEqual(21);
    expect(waiting(chip)).toEqual([]);
  });

  it("sends who watches the newest picture on a link that cannot carry all", () => {
    const chip = filmed({ uplinkBytesPerSecond: 4_000 });
    chip.advance(2_000);
    chip.order({ kind: "camera-watch", camera: 0, everyMs: 250, seconds: 30 });
    chip.advance(29_000);
    expect(waiting(chip).length).toBeLessThanOrEqual(1);
    const late = chip.arrived.map(({ picture, atMs }) => atMs - picture.uptimeMs);
    expect(Math.max(...late)).toBeLessThanOrEqual(5_000);
  });

  it("sends pictures of alarms before all that waits, and takes no more of the link than it may", () => {
    const chip = filmed();
    chip.grant();
    chip.isLinkUp = false;
    chip.advance(1_200_000);
    expect(countOf(chip, "interval")).toBeGreaterThanOrEqual(19);
    chip.isLinkUp = true;
    chip.sense(gasCut);
    const fromMs = chip.nowMs;
    chip.advance(330_000);
    const purposes = chip.arrived.map(({ picture }) => picture.purpose);
    expect(purposes.slice(0, 2)).toEqual(["alarm", "alarm"]);
    expect(purposes.indexOf("interval")).toBeGreaterThan(purposes.lastIndexOf("clip"));
    expect(chip.sentBytes / ((chip.nowMs - fromMs) / 1000)).toBeLessThanOrEqual(
      TRAITS.uplinkBytesPerSecond * 1.02,
    );
  });

  it("goes on where a cut of the link left it", () => {
    const chip = filmed();
    chip.advance(2_000);
    chip.order({ kind: "picture-request", camera: 0 });
    chip.advance(2_500);
    const before = chip.sentBytes;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(chip.sizes.full);
    chip.isLinkUp = false;
    chip.advance(3_600_000);
    chip.isLinkUp = true;
    chip.advance(600_000);
    expect(chip.arrived).toHaveLength(1);
    expect(chip.sentBytes).toBe(chip.sizes.full);
  });

  it("lets the oldest interval pictures go when its store is full, never those of an alarm", () => {
    const chip = filmed({ storeBytes: 400_000 });
    chip.grant();
    chip.isLinkUp = false;
    chip.advance(1_200_000);
    const oldest = waiting(chip).find(({ purpose }) => purpose === "interval")!;
    chip.sense({ tamperLoopIntact: false });
    chip.sense({ tamperLoopIntact: true });
    chip.advance(60_000);
    const clips = countOf(chip, "clip");
    expect(clips).toBeGreaterThanOrEqual(28);
    chip.advance(60_000);
    chip.grant();
    chip.advance(3_000_000);
    expect(chip.heldBytes).toBeLessThanOrEqual(400_000);
    expect(waiting(chip)).not.toContainEqual(oldest);
    expect(countOf(chip, "clip")).toBe(clips);
    expect(countOf(chip, "alarm")).toBe(1);
    expect(chip.state.camera!.droppedPictures).toBeGreaterThan(0);
  });

  it("offers after a power cut what it had kept before", () => {
    const chip = filmed();
    chip.isLinkUp = false;
    chip.advance(2_000);
    chip.order({ kind: "picture-request", camera: 0 });
    chip.advance(10_000);
    const keptPictures = waiting(chip);
    expect(keptPictures).toHaveLength(1);
    chip.isLinkUp = true;
    chip.nowMs = 0;
    chip.feed({ kind: "boot", resetCause: "power-on", rtcMs: null, keptPictures });
    chip.advance(60_000);
    expect(chip.arrived.map(({ picture }) => picture)).toEqual(keptPictures);
  });

  it("that is dead is told once and refuses to be asked; the machine works on", () => {
    const chip = filmed();
    chip.camera = "silent";
    chip.grant();
    chip.advance(60_000);
    expect(chip.state.silent.camera?.isLost).toBe(true);
    expect(chip.state.relayClosed).toBe(true);
    const before = chip.state.log.lastSeq;
    chip.order({ kind: "picture-request", camera: 0 });
    chip.advance(60_000);
    expect(chip.state.log.lastSeq).toBe(before);
    chip.camera = "works";
    chip.advance(10_000);
    expect(chip.state.silent.camera).toBeUndefined();
  });
});

/** A life with its camera working, dead, silent or slow beside the same life without one. */
describe("no camera", () => {
  it("ever changes what the relay does, or when", () => {
    let switched = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const fitted = ["gnss", "current-sensor", "gas-sensor", "tamper-loop", "camera"] as const;
        const plain = new FilmedChip({ seed, fitted });
        const chip = new FilmedChip({ seed, fitted, traits: { ...TRAITS, count: 2, storeBytes: 200_000 } });
        const things = new RandomThings(seed, chip.ports.chipId, chip.ports.chipId);
        for (let turn = 0; turn < 60; turn++) {
          chip.camera = (["works", "works", "dead", "silent"] as const)[things.draw(4)]!;
          chip.takesMs = things.draw(8_000);
          chip.isLinkUp = things.draw(3) > 0;
          const reading = {
            ...things.reading(),
            gas: things.draw(12) === 0 ? gasCut.gas : { lelPermille: 0, raw: turn },
          };
          const [isGranted, waitMs] = [things.draw(3) === 0, things.draw(30_000)];
          for (const one of [plain, chip]) {
            one.sense(reading);
            const first = one.lastEffects.findIndex(({ kind }) => CAMERA_EFFECTS.has(kind));
            const last = one.lastEffects.findLastIndex(({ kind }) => !CAMERA_EFFECTS.has(kind));
            if (first >= 0) expect(last).toBeLessThan(first);
            const { cutAt } = one.state.gas;
            if (cutAt) one.order({ kind: "gas-inspection", cutBoot: cutAt.boot, cutSeq: cutAt.seq });
            if (isGranted) one.grant();
            one.advance(waitMs);
          }
          expect(chip.relay).toEqual(plain.relay);
          expect(chip.state.stateVersion).toBe(plain.state.stateVersion);
          expect(chip.heldBytes).toBeLessThanOrEqual(200_000);
          freezeState(chip.state);
        }
        switched += chip.relay.length;
      }),
      { numRuns: 15, endOnFailure: true },
    );
    expect(switched).toBeGreaterThan(60);
  }, 60_000);
});
