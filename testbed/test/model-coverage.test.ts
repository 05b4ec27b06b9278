import { readFileSync } from "node:fs";
import type { ProfileContent } from "@hanyouxu/api";
import { coveringProfile, parseMachineModel } from "@hanyouxu/rules";
import { generateCounty, machineModels } from "@hanyouxu/simulator";
import { expect, test } from "vitest";

const { profiles }: { profiles: ProfileContent[] } = JSON.parse(
  readFileSync(new URL("../../server/src/features/machine-models/catalogue.json", import.meta.url), "utf8"),
);

function isCovered(model: string): boolean {
  const parsed = parseMachineModel(model);
  return (
    parsed.ok &&
    coveringProfile(
      profiles,
      parsed.value.designation,
      parsed.value.kind === "gbt10249" ? parsed.value.ratedCurrentAmps : null,
    ) !== undefined
  );
}

test("the delivered profiles cover at least 98 % of the simulated fleet and leave its odd machines as gaps", () => {
  const { machines } = generateCounty(330723, "2026-11-23");
  const covered = machines.filter(({ model }) => isCovered(model)).length / machines.length;
  expect(covered).toBeGreaterThanOrEqual(0.98);
  expect(covered).toBeLessThan(0.995);
  const gaps = new Set(machines.map(({ model }) => model).filter((model) => !isCovered(model)));
  expect(gaps).toContain("KRII-350");
  expect(gaps).toContain("自制交流电焊机");
});

test("what the simulator runs a model's physics on is what its designation says", () => {
  for (const { model, process, maxAmps } of machineModels) {
    const parsed = parseMachineModel(model);
    if (!parsed.ok) continue;
    expect([model, parsed.value.process]).toEqual([model, process]);
    const { ratedCurrentAmps } = parsed.value;
    if (ratedCurrentAmps !== null) expect([model, ratedCurrentAmps]).toEqual([model, maxAmps]);
  }
});
