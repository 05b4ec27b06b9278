import { mercatorX, mercatorY, readMachineTile } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, RegionCode } from "@hanyouxu/protocol";
import { expect, test } from "vitest";
import { MachineColumns, type MachineRecord } from "./machine-columns.ts";
import { countsOf, listOf } from "./map-list.ts";
import { Matcher } from "./matcher.ts";
import { tileOf } from "./tile.ts";

const everywhere = { everywhere: true, regions: [], enterprises: [] };
const sight = { machines: everywhere, readings: everywhere, alarms: everywhere, people: everywhere };

/** A machine of its own place, 10 m east of the one before. */
function machine(index: number, record: Partial<MachineRecord> = {}): MachineRecord {
  return {
    machineId: `0198c0de-0000-7000-8000-${index.toString(16).padStart(12, "0")}` as MachineId,
    name: `演示${index}`,
    regionCode: "330723100" as RegionCode,
    enterpriseId: "0198c0de-0000-7000-8000-00000000000a" as EnterpriseId,
    enterpriseType: null,
    domain: null,
    industry: null,
    process: "SMAW",
    isMobile: false,
    place: { longitudeDegrees: 119.8 + index * 1e-6, latitudeDegrees: 28.9 },
    state: "idle",
    leaseEndsAtMs: 1_000,
    alarm: null,
    currentAmps: null,
    certificateFamilies: [],
    keyAreaIds: [],
    workedAtMs: null,
    ...record,
  };
}

const filled = (count: number) => {
  const columns = new MachineColumns();
  for (let index = 0; index < count; index++) columns.put(machine(index));
  return columns;
};
const all = (columns: MachineColumns) => new Matcher(columns, sight, {}, 0);
const tile = { z: 13, x: mercatorX(119.8) >>> 19, y: mercatorY(28.9) >>> 19 };

test("columns grow, and a machine keeps its row whatever changes of it", () => {
  const columns = filled(3_000);
  expect(columns.takeChanged().size).toBe(3_000);
  columns.put(machine(7));
  expect(columns.takeChanged().size).toBe(0);
  columns.put(machine(7, { state: "arcing", place: { longitudeDegrees: 120.5, latitudeDegrees: 28.9 } }));
  const [row, before] = [...columns.takeChanged()][0]!;
  expect(columns.rowsIn(before!).has(row!)).toBe(false);
  expect(columns.rowsIn(columns.at.cell[row!]!)).toEqual(new Set([row]));
  expect(columns.machineAt(row!)).toMatchObject({ name: "演示7", state: "arcing", longitudeDegrees: 120.5 });
  expect(countsOf(columns, all(columns))).toMatchObject({
    machines: 3_000,
    states: { idle: 2_999, arcing: 1 },
  });
});

test("a lease that is over makes a machine offline, once, until it is heard again", () => {
  const columns = filled(2);
  columns.put(machine(1, { leaseEndsAtMs: 2_000 }));
  columns.takeChanged();
  columns.endLeases(1_000);
  expect(columns.takeChanged().size).toBe(0);
  columns.endLeases(1_001);
  expect([...columns.takeChanged().keys()]).toEqual([0]);
  columns.endLeases(1_002);
  expect(columns.takeChanged().size).toBe(0);
  columns.put(machine(0, { leaseEndsAtMs: 9_000 }));
  expect(columns.machineAt(0).state).toBe("idle");
});

test("a tile of points with too many of them is counted as below zoom 13, and no machine is lost by it", () => {
  const few = filled(4_000);
  expect(readMachineTile(tileOf(few, all(few), tile))).toHaveLength(4_000);
  const many = filled(4_001);
  const squares = readMachineTile(tileOf(many, all(many), tile));
  expect(squares.length).toBeLessThan(20);
  const counts = squares.map(({ properties }) => properties.n as number);
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(4_001);
  const listed = squares.map(({ properties }) => {
    const cell = String(properties.cell).split(".").map(Number) as [number, number, number];
    return listOf(many, all(many), { cell }, { page: 1, pageSize: 1 }).total;
  });
  expect(listed).toEqual(counts);
});

test("what comes after a matcher was made is not let through by it", () => {
  const columns = filled(1);
  const clerk = {
    ...sight,
    machines: { everywhere: false, regions: ["330723" as RegionCode], enterprises: [] },
  };
  const matcher = new Matcher(columns, clerk, {}, 0);
  columns.put(machine(1, { regionCode: "330702100" as RegionCode }));
  expect([matcher.matches(0), matcher.matches(1)]).toEqual([true, false]);
});
