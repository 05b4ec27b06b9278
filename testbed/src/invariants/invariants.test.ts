import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createChipKeys, es256Verifier } from "@hanyouxu/chip/hosts/node";
import { FakeChip } from "@hanyouxu/chip/testing";
import type { ChipId, Grant, WorkSessionId } from "@hanyouxu/protocol";
import { generateCounty } from "@hanyouxu/simulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WorldRecord } from "../virtual/world-record.ts";
import { startVirtualSystem, type VirtualSystem } from "../virtual-system.ts";
import { jobsOf, phoneOf } from "../workforce.ts";
import { acknowledgedKept } from "./acknowledged-kept.ts";
import { cutOnDanger } from "./cut-on-danger.ts";
import type { SeenMachine, World } from "./invariant.ts";
import { keyAreaClearance } from "./key-area-clearance.ts";
import { noPowerWithoutGrant } from "./no-power-without-grant.ts";
import { oneHolder } from "./one-holder.ts";
import { powerAccounted } from "./power-accounted.ts";

describe("a broken world is noticed", () => {
  const chip = new FakeChip({ isPowered: false });
  const { chipId } = chip.ports;
  const machineId = "machine-1";
  const nowMs = chip.clock.nowMs();
  const county = generateCounty(1, "2026-09-01");

  function worldOf(seen: Partial<SeenMachine> = {}, atMs = nowMs): World {
    const machine = {
      machineId,
      chipId,
      isPowered: true,
      isLoopCut: false,
      gasLelPermille: null,
      isCaughtUp: true,
      ...seen,
    };
    const record = new WorldRecord(es256Verifier([chip.platform.keys.spki]));

    return { nowMs: atMs, machines: [machine], record, county, clockToleranceMs: 0 };
  }

  function granted(world: World, change: Partial<Grant> = {}, audience: ChipId = chipId): WorkSessionId {
    const grant = chip.platform.grant(change);
    world.record.seeDownlink(audience, chip.platform.sign(chip.platform.command(audience, grant)));
    return grant.workSessionId;
  }

  const powered = (world: World, workSessionId: string | undefined, atMs = nowMs) =>
    world.record.seeRelay(machineId, chipId, { isClosed: true, workSessionId, hasPower: true }, atMs);

  const found = (world: World) => noPowerWithoutGrant.checkStep!(world).join();

  test("power under a grant is none of it", () => {
    const world = worldOf();
    powered(world, granted(world));
    expect(found(world)).toBe("");
    expect(oneHolder.checkStep!(world)).toEqual([]);
    expect(cutOnDanger.checkStep!(world)).toEqual([]);
  });

  test("power without any grant, and with one that another key signed", () => {
    const world = worldOf();
    powered(world, undefined);
    expect(found(world)).toContain("nobody granted it");
    const forged = worldOf();
    const stranger = new FakeChip({ isPowered: false, seed: 2 });
    const grant = stranger.platform.grant();
    forged.record.seeDownlink(chipId, stranger.platform.sign(stranger.platform.command(chipId, grant)));
    powered(forged, grant.workSessionId);
    expect(found(forged)).toContain("nobody granted it");
  });

  test("power with a grant for another chip", () => {
    const world = worldOf();
    powered(world, granted(world, {}, createChipKeys().chipId));
    expect(found(world)).toContain("another chip");
  });

  test("power before, long after and beyond the grant's time", () => {
    const late = worldOf({}, nowMs + 3_600_000);
    powered(late, granted(late), late.nowMs);
    expect(found(late)).toContain("outside the grant's time");
    const early = worldOf();
    const notBeforeSeconds = Math.floor(nowMs / 1000) + 600;
    powered(early, granted(early, { notBeforeSeconds }));
    expect(found(early)).toContain("outside the grant's time");
    const lasting = worldOf({}, nowMs + 3_600_000);
    powered(lasting, granted(lasting, { validSeconds: 600 }));
    expect(found(lasting)).toContain("the grant ended");
  });

  test("one grant closing a relay twice", () => {
    const world = worldOf();
    const workSessionId = granted(world);
    powered(world, workSessionId);
    world.record.seeRelay(machineId, chipId, { isClosed: false, workSessionId, hasPower: true }, nowMs + 1);
    powered(world, workSessionId, nowMs + 2);
    expect(found(world)).toContain("2 times");
  });

  test("one session giving power to two machines", () => {
    const world = worldOf();
    const workSessionId = granted(world);
    powered(world, workSessionId);
    world.record.seeRelay("machine-2", chipId, { isClosed: true, workSessionId, hasPower: true }, nowMs);
    expect(oneHolder.checkStep!(world).join()).toContain("machine-2");
  });

  test("power with the loop cut, and in gas", () => {
    expect(cutOnDanger.checkStep!(worldOf({ isLoopCut: true })).join()).toContain("loop cut");
    expect(cutOnDanger.checkStep!(worldOf({ gasLelPermille: 200 })).join()).toContain("gas");
    expect(cutOnDanger.checkStep!(worldOf({ gasLelPermille: 199 }))).toEqual([]);
    expect(cutOnDanger.checkStep!(worldOf({ isLoopCut: true, isPowered: false }))).toEqual([]);
  });
});

describe("a platform that forgot or made something up is noticed", () => {
  let dir: string;
  let system: VirtualSystem;
  let workSessionId: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-invariants-"));
    system = await startVirtualSystem({ seed: 7, machines: 2, dir, telemetryEveryMs: 0 });
    const { driver, fleet, county, clock, fetch } = system;
    await driver.run(30_000);
    const online = fleet.machines.map(({ machine }) => machine);
    const [job] = jobsOf({ ...county, machines: online }, 1);
    const at = fleet.machine(job!.machine.machineId)!;
    const phone = phoneOf(system, job!.welder, clock, fetch);
    const starting = phone.start(at.machineCode, { ...at.world.body.place, accuracyMetres: 10 });
    const answer = await driver.through("the start", starting);
    if (answer.outcome !== "grant") throw new Error("not granted");
    workSessionId = answer.workSession.workSessionId;
    await driver.until("power", () => at.isPowered, 5_000);
    await driver.run(120_000);
    await driver.through("the stop", phone.stop(workSessionId));
    await driver.until("no power, all told", () => system.world.machines.every((it) => it.isCaughtUp));
    await driver.run(10_000);
  }, 120_000);
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  /** What the invariants find while `damage` is done; undone afterwards. */
  async function after(damage: string, parameters: unknown[], check: () => Promise<string[]>) {
    await system.gate.read("start transaction");
    try {
      await system.gate.read(damage, parameters);
      return (await check()).join("\n");
    } finally {
      await system.gate.read("rollback");
    }
  }
  const check =
    ({ checkPlatform }: typeof oneHolder) =>
    () =>
      checkPlatform!(system.world, system.gate);

  test("nothing is found as long as nothing is wrong", async () => {
    await system.checkPlatform();
    expect(system.record.spans).toHaveLength(1);
    expect(system.record.acknowledged.size).toBe(2);
    expect(system.record.telemetry.size).toBeGreaterThan(2);
  });

  test("a minute of power too few or too many", async () => {
    for (const change of ["- 60000", "+ 60000"]) {
      const sql = `update work_sessions set energised_ms = energised_ms ${change} where work_session_id = $1`;
      expect(await after(sql, [workSessionId], check(powerAccounted))).toContain(workSessionId);
    }
  });

  test("a session that is not there, or still open", async () => {
    const lost = "update work_sessions set work_session_id = gen_random_uuid() where work_session_id = $1";
    const open = "update work_sessions set status = 'energised' where work_session_id = $1";
    expect(await after(open, [workSessionId], check(powerAccounted))).toContain("still energised");
    await system.gate.read("alter table commands drop constraint if exists commands_work_session_id_fkey");
    expect(await after(lost, [workSessionId], check(powerAccounted))).toContain("is not there");
    expect(await after(lost, [workSessionId], check(oneHolder))).toContain(workSessionId);
  });

  test("a session for somebody without a certificate", async () => {
    const { welderId } = system.county.welders.find(({ profile }) => profile === "uncertified")!;
    const sql = "update work_sessions set welder_id = $2 where work_session_id = $1";
    expect(await after(sql, [workSessionId, welderId], check(noPowerWithoutGrant))).toContain(welderId);
  });

  test("a start in a key area without a clearance", async () => {
    const { place, machineId } = system.record.spans[0]!;
    const [west, east] = [place!.longitudeDegrees - 0.001, place!.longitudeDegrees + 0.001];
    const [south, north] = [place!.latitudeDegrees - 0.001, place!.latitudeDegrees + 0.001];
    const corners = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    const geometry = JSON.stringify({ type: "Polygon", coordinates: [corners] });
    const area = `with area as (
        insert into key_areas (key_area_id, region_code, kind, name, status, version, revision, west_degrees,
                               south_degrees, east_degrees, north_degrees)
        select gen_random_uuid(), region_code, 'mall', '演示商场', 'active', 1, 1, 0, 0, 0, 0 from machines
        where machine_id = $1 returning key_area_id, region_code)
      insert into key_area_versions (key_area_id, version, status, region_code, kind, regime, name, geometry, validity,
                                     policy, changed_by, changed_at, reason)
      select key_area_id, 1, 'active', region_code, 'mall', 'crowded-place', '演示商场', $2::jsonb, '{}',
             '{"demands": {"permit": true}}', (select person_id from persons limit 1), now(), '演示' from area`;
    expect(await after(area, [machineId, geometry], check(keyAreaClearance))).toContain(
      "without a clearance",
    );
  });

  test("an acknowledged event that is gone or altered, an event counted twice, a sample gone", async () => {
    const gone = "delete from chip_events where work_session_id = $1 and kind = 'energised'";
    const altered =
      "update chip_events set raw = raw || '\\x00' where work_session_id = $1 and kind = 'energised'";
    const twice = `insert into chip_events select (jsonb_populate_record(e, '{"boot": 99}')).* from chip_events e
                   where work_session_id = $1 and kind = 'energised'`;
    expect(await after(gone, [workSessionId], check(acknowledgedKept))).toContain("is lost");
    expect(await after(altered, [workSessionId], check(acknowledgedKept))).toContain("was altered");
    expect(await after(twice, [workSessionId], check(oneHolder))).toContain('2 events "energised"');
    const sample = "delete from telemetry_hot where chip_id || '/' || boot || '/' || batch = $1";
    for (const batch of system.record.telemetry.keys()) {
      expect(await after(sample, [batch], check(acknowledgedKept))).toContain("are lost");
    }
  });
});
