import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { warmUpSecondsLeft } from "@hanyouxu/chip";
import { createMemoryLink, createTestPlatform, type MemoryLink, UplinkRecord } from "@hanyouxu/chip/testing";
import { type CommandBody, type UplinkChannel, VirtualClock } from "@hanyouxu/protocol";
import { afterEach, describe, expect, test } from "vitest";
import { openChipIdentity } from "./chip-identity.ts";
import { generateCounty } from "./county/generate-county.ts";
import { shiftPlace } from "./county/place.ts";
import type { DemoMachine } from "./county/types.ts";
import { OnlineMachine } from "./online-machine.ts";
import { traitsOf } from "./physics/traits.ts";

const county = generateCounty(330723, "2026-11-23");
const ordinary = county.machines.find(({ machineId }) => machineId === county.cast.machines.ordinary)!;
const startMs = Date.UTC(2026, 10, 23, 1);
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The machine with its real chip program on a link without a network, and the platform's side of it. */
async function online(machine: DemoMachine = ordinary) {
  const root = mkdtempSync(join(tmpdir(), "hanyouxu-simulator-"));
  folders.push(root);
  const clock = new VirtualClock(startMs);
  const platform = createTestPlatform(clock);
  const uplink = new UplinkRecord();
  const identity = await openChipIdentity(root, machine.machineId, async () => ({
    certificatePem: "",
    caPem: "",
    brokerUrl: "",
    platformKeys: [Buffer.from(platform.keys.spki).toString("base64")],
    machineCode: "0000000000000000",
  }));
  let memory: MemoryLink | undefined;
  const send = (body: CommandBody) => memory!.deliver(platform.sign(platform.command(at.chipId, body)));
  const receive = (channel: UplinkChannel, bytes: Uint8Array) => {
    const frame = uplink.receive(channel, bytes);
    if ("kind" in frame && frame.kind === "hello")
      send({ kind: "time", platformMs: clock.nowMs(), nonce: frame.nonce });
    if (channel === "e" && uplink.contiguous) send({ kind: "acknowledgement", ...uplink.contiguous });
  };
  const at = new OnlineMachine({
    machine,
    identity,
    clock,
    seed: 1,
    storage: "memory",
    link: () => {
      memory = createMemoryLink({ clock, onUplink: receive });
      return memory.link;
    },
    idleReadingMs: 15_000,
    workingReadingMs: 1_000,
    onFailure(_machine, error) {
      throw error;
    },
  });
  clock.advance(20_000);
  const grant = (changes = {}) =>
    memory!.deliver(
      platform.sign(platform.command(at.chipId, platform.grant({ validSeconds: 7200, ...changes }))),
    );
  const eventsOf = (kind: string) => uplink.events.filter((event) => event.kind === kind);
  return { at, clock, uplink, grant, eventsOf };
}

describe("a simulated machine with the chip's own program", () => {
  test("welds under a grant, and the chip's sums agree with what was welded", async () => {
    const { at, clock, grant, uplink } = await online();
    grant();
    clock.advance(1000);
    expect(at.isPowered).toBe(true);
    at.takeTorch();
    let arcSeconds = 0;
    for (let second = 0; second < 1800; second++) {
      clock.advance(1000);
      if (at.world.body.currentAmps > 0) arcSeconds += 1;
    }
    at.putTorchDown();
    clock.advance(400_000);
    expect(at.isPowered).toBe(false);
    const ended = uplink.events.find((event) => event.kind === "de-energised");
    if (ended?.kind !== "de-energised") throw new Error("the relay never opened");
    expect(ended.data.reason).toBe("idle");
    expect(Math.abs(ended.data.arcMs / 1000 - arcSeconds)).toBeLessThan(0.03 * arcSeconds);
    expect(ended.data.arcCount).toBeGreaterThan(8);
    // 180 A at 27 V or so: some five kilowatts while the arc burns.
    const { setAmps } = traitsOf(ordinary);
    const kilowatts = ended.data.energyKilojoules / (ended.data.arcMs / 1000);
    expect(kilowatts / ((setAmps * (20 + 0.04 * setAmps)) / 1000)).toBeGreaterThan(0.9);
    expect(kilowatts / ((setAmps * (20 + 0.04 * setAmps)) / 1000)).toBeLessThan(1.1);
  });

  test("does not weld without a grant, whatever the hand does", async () => {
    const { at, clock, eventsOf } = await online();
    at.takeTorch();
    clock.advance(600_000);
    expect(at.isPowered).toBe(false);
    expect(at.world.body.currentAmps).toBe(0);
    expect(eventsOf("bypass-suspected")).toEqual([]);
  });

  test("reports its place within the receiver's error", async () => {
    const { clock, uplink } = await online();
    clock.advance(300_000);
    const places = uplink.batches.flatMap(({ samples }) => samples.map(({ position }) => position));
    expect(places.length).toBeGreaterThan(3);
    for (const place of places) {
      if (!place) continue;
      expect(Math.abs(place.latitudeE7 / 1e7 - ordinary.home.latitudeDegrees)).toBeLessThan(0.0006);
      expect(Math.abs(place.longitudeE7 / 1e7 - ordinary.home.longitudeDegrees)).toBeLessThan(0.0006);
    }
  });

  test("loses power in the moment its chip is cut off, and starts no more", async () => {
    const { at, clock, grant, eventsOf } = await online();
    grant();
    clock.advance(1000);
    at.disturb({ isLoopCut: true });
    expect(at.isPowered).toBe(false);
    grant();
    clock.advance(1000);
    expect(at.isPowered).toBe(false);
    at.disturb({ isLoopCut: false });
    clock.advance(60_000);
    grant();
    clock.advance(1000);
    expect(at.isPowered).toBe(true);
    expect(eventsOf("tamper")).toHaveLength(2);
  });

  test("is suspected when somebody welds past the relay", async () => {
    const { at, clock, eventsOf } = await online();
    at.disturb({ isBridged: true, trigger: true });
    clock.advance(40_000);
    at.disturb({ isBridged: false, trigger: false });
    clock.advance(1000);
    expect(eventsOf("bypass-suspected")).toHaveLength(1);
  });

  test("is cut by gas when it has a sensor for it", async () => {
    const fitted = county.machines.find((machine) => traitsOf(machine).hasGasSensor)!;
    const { at, clock, grant, eventsOf } = await online(fitted);
    grant();
    clock.advance(1000);
    expect(at.isPowered).toBe(true);
    at.disturb({ leakPercentLel: 30 });
    clock.advance(60_000);
    expect(at.isPowered).toBe(false);
    expect(eventsOf("gas-cut")).toHaveLength(1);
  });

  test("has a cold gas sensor after its power was gone", async () => {
    const fitted = county.machines.find((machine) => traitsOf(machine).hasGasSensor)!;
    const { at } = await online(fitted);
    expect(warmUpSecondsLeft(at.chip.state())).toBe(0);
    at.cutPower();
    at.restorePower();
    expect(warmUpSecondsLeft(at.chip.state())).toBe(20);
  });

  test("that is taken away under power leaves its fence", async () => {
    const { at, clock, grant, eventsOf } = await online();
    const { latitudeDegrees, longitudeDegrees } = ordinary.home;
    grant({
      fence: {
        kind: "circle",
        latitudeE7: Math.round(latitudeDegrees * 1e7),
        longitudeE7: Math.round(longitudeDegrees * 1e7),
        radiusMetres: 200,
      },
    });
    clock.advance(1000);
    at.disturb({ destination: shiftPlace(ordinary.home, 900, 0) });
    clock.advance(180_000);
    expect(eventsOf("fence-left")).toHaveLength(1);
    expect(at.isPowered).toBe(false);
  });
});

describe("a chip's identity", () => {
  test("is enrolled once and is the same at the next start", async () => {
    const root = mkdtempSync(join(tmpdir(), "hanyouxu-simulator-"));
    folders.push(root);
    let enrolments = 0;
    const enrol = async ({ chipId, csrPem }: { chipId: string; csrPem: string }) => {
      enrolments += 1;
      expect(csrPem).toContain("BEGIN CERTIFICATE REQUEST");
      return { certificatePem: chipId, caPem: "", brokerUrl: "", platformKeys: [], machineCode: "" };
    };
    const first = await openChipIdentity(root, ordinary.machineId, enrol);
    const second = await openChipIdentity(root, ordinary.machineId, enrol);
    expect(enrolments).toBe(1);
    expect(second.keys.chipId).toBe(first.keys.chipId);
    expect(second.enrolment.certificatePem).toBe(first.keys.chipId);
  });

  test("keeps its key when the first enrolment failed", async () => {
    const root = mkdtempSync(join(tmpdir(), "hanyouxu-simulator-"));
    folders.push(root);
    const asked: string[] = [];
    const refuse = async ({ chipId }: { chipId: string }): Promise<never> => {
      asked.push(chipId);
      throw new Error("no");
    };
    await expect(openChipIdentity(root, ordinary.machineId, refuse)).rejects.toThrow("no");
    await expect(openChipIdentity(root, ordinary.machineId, refuse)).rejects.toThrow("no");
    expect(asked[0]).toBe(asked[1]);
  });
});
