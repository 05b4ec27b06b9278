import { describe, expect, test } from "vitest";
import { factsIn, kindOf, readFact, withFact } from "./fact-paths.ts";

const facts = {
  regime: "chemical",
  moment: "start",
  permit: null,
  place: { isOutdoors: true },
  gasTests: [{ gas: "CH4", sampledAtMs: 0 }],
  people: { operator: { id: "x", isTrained: null } },
  materials: ["dust"],
};

describe("facts as a table", () => {
  test("are every leaf with its path, less the ids and what the page asks above", () => {
    expect(factsIn(facts)).toEqual([
      { path: "permit", value: null },
      { path: "place.isOutdoors", value: true },
      { path: "gasTests.0.gas", value: "CH4" },
      { path: "gasTests.0.sampledAtMs", value: 0 },
      { path: "people.operator.isTrained", value: null },
      { path: "materials", value: ["dust"] },
    ]);
  });

  test("are changed one by one, the rest untouched", () => {
    expect(withFact(facts, "gasTests.0.gas", "H2")).toEqual({
      ...facts,
      gasTests: [{ gas: "H2", sampledAtMs: 0 }],
    });
    expect(facts.gasTests[0]!.gas).toBe("CH4");
  });

  test.each([
    ["place.isOutdoors", "known"],
    ["distances.machine", "metres"],
    ["gasTests.0.sampledAtMs", "instant"],
    ["gasTests.0.place", "choice"],
    ["people.operator.trainedToDay", "text"],
    ["windForceBeaufort", "number"],
    ["materials", "choices"],
    ["progress.smoulderChecksAtMs", "instants"],
  ])("%s is edited as %s", (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });

  test("are read as typed, in Shanghai time; what cannot be read is left for the platform to refuse", () => {
    expect(readFact("instant", "2026-11-23 09:30:00")).toBe(Date.UTC(2026, 10, 23, 1, 30));
    expect(readFact("instant", "yesterday")).toBe("yesterday");
    expect(readFact("number", " 5 ")).toBe(5);
    expect(readFact("metres", "none")).toBe("none");
    expect(readFact("metres", "near")).toBe("near");
    expect(readFact("number", "")).toBeNull();
    expect(readFact("instants", "")).toEqual([]);
  });
});
