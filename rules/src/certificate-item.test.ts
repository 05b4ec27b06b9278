import { describe, expect, test } from "vitest";
import { certificateBasis, certificateFamilies, certificateFamilyTable } from "./certificate-family.ts";
import { certificateItems, processesOfItem } from "./certificate-item.ts";

describe("the certificate table", () => {
  test.each([
    ["emergency", "fusion-welding-thermal-cutting", "SMAW", true],
    ["emergency", "fusion-welding-thermal-cutting", "PAC", true],
    ["emergency", "fusion-welding-thermal-cutting", "RW", false],
    ["emergency", "pressure-welding", "RW", true],
    ["emergency", "pressure-welding", "SMAW", false],
    ["emergency", "brazing", "BRAZING", true],
    ["construction", "building-welder", "SMAW", true],
    ["construction", "building-welder", "SAW", false],
    ["special-equipment", "GTAW-FeⅡ-6G-3/159-FefS-02/11/12", "GTAW", true],
    ["special-equipment", "GTAW-FeⅡ-6G-3/159-FefS-02/11/12", "SMAW", false],
    ["special-equipment", "GTAW-FeⅡ-6G-3/159-FefS + SMAW-FeⅡ-6G(K)-12/159-Fef3J", "SMAW", true],
    ["special-equipment", "brazing", "BRAZING", false],
    ["construction", "brazing", "BRAZING", false],
  ] as const)("%s %s covers %s: %s", (family, item, process, covers) => {
    expect(processesOfItem(family, item).includes(process)).toBe(covers);
  });

  test("an unknown item covers nothing", () => {
    for (const family of certificateFamilies) expect(processesOfItem(family, "__proto__")).toEqual([]);
  });

  test("each item stands once and covers something", () => {
    const keys = certificateItems.map(({ family, id }) => `${family}/${id}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(certificateItems.every(({ processes }) => processes.length > 0)).toBe(true);
  });

  test("the order on special-operation workers changes on 2026-06-01", () => {
    expect(certificateBasis("emergency", "2026-05-31").source.zh).toContain("第30号");
    expect(certificateBasis("emergency", "2026-06-01").source.zh).toContain("第19号");
  });

  test("no clause of a certificate claims to have been read", () => {
    const bases = certificateFamilies.flatMap((family) => certificateFamilyTable[family].bases);
    expect(bases.every(({ clause }) => !clause.verified && clause.text === undefined)).toBe(true);
  });
});
