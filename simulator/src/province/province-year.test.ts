import { expect, test } from "vitest";
import { provinceYear } from "./province-year.ts";

const size = {
  prefectures: 2,
  countiesEach: 2,
  townshipsEach: 3,
  firmsPerTownship: 2,
  machinesPerFirm: 2,
  weldersPerFirm: 2,
  sessions: 2_000,
};

test("the same seed gives the same province and year, another seed another", () => {
  const [one, again, other] = [provinceYear(1, size), provinceYear(1, size), provinceYear(2, size)];
  expect(again.machines).toEqual(one.machines);
  expect([...again.starts()]).toEqual([...one.starts()]);
  expect([...other.starts()]).not.toEqual([...one.starts()]);
});

test("every start is of a machine, a welder of its firm and a township of its county, within the year", () => {
  const province = provinceYear(7, size);
  const starts = [...province.starts()].flat();
  const codes = new Set(province.regions.map(({ code }) => code));
  const machines = new Map(province.machines.map((machine) => [machine.machineId, machine]));
  const welders = new Map(province.welders.map((welder) => [welder.welderId, welder]));
  for (const start of starts) {
    const machine = machines.get(start.machineId)!;
    expect(welders.get(start.welderId)!.firmId).toBe(machine.firmId);
    expect(codes.has(start.region) && start.region.slice(0, 6)).toBe(machine.region.slice(0, 6));
    expect(start.at >= "2024-12-31T16:00" && start.at < "2025-12-31T16:00").toBe(true);
    expect(start.workSessionId === null).toBe(start.ruleId !== null);
  }
  const granted = starts.filter(({ workSessionId }) => workSessionId !== null).length;
  expect(Math.abs(granted - size.sessions)).toBeLessThan(size.sessions / 10);
  expect(new Set(province.machines.map(({ chipId }) => chipId)).size).toBe(province.machines.length);
  expect(province.machines.every(({ chipId }) => /^[a-z2-7]{16}$/.test(chipId))).toBe(true);
});

test("whatever has a name says that it is a demonstration", () => {
  const { regions, firms, machines } = provinceYear(1, size);
  for (const { name } of [...regions, ...firms, ...machines]) expect(name).toMatch(/^演示/);
});
