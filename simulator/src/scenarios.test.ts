import { describe, expect, test } from "vitest";
import { generateCounty } from "./county/generate-county.ts";
import { metresBetween } from "./county/place.ts";
import { scenariosOf } from "./scenarios.ts";

const county = generateCounty(330723, "2026-11-23");
const scenarios = scenariosOf(county);

describe("the scenarios", () => {
  test("show one start and every refusal that the tour promises", () => {
    const ids = scenarios.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([
        "certified",
        "uncertified",
        "expired",
        "wrong-process",
        "tampered",
        "out-of-distance",
        "locked",
        "foreign-machine",
      ]),
    );
    expect(scenarios.filter(({ expected }) => expected.outcome === "grant")).toHaveLength(1);
  });

  test("put the phone beside the machine, save where distance is the point", () => {
    for (const { id, phonePosition, machine } of scenarios) {
      if (!phonePosition) continue;
      const metres = metresBetween(phonePosition, machine.home);
      if (id === "out-of-distance") expect(metres).toBeGreaterThan(1000);
      else expect(metres).toBeLessThan(10);
    }
  });

  test("have people and machines that are in the county", () => {
    for (const { welder, machine } of scenarios) {
      expect(county.welders).toContain(welder);
      expect(county.machines).toContain(machine);
    }
  });
});
