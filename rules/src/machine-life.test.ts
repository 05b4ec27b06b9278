import { expect, test } from "vitest";
import { machineLife, machineSteps, stepProblem } from "./machine-life.ts";
import { machineStatuses } from "./start/facts.ts";

const ready = { hasChip: true, isHeld: false };

test("a machine goes from registered to scrapped by these steps and no others", () => {
  const ways = machineStatuses.flatMap((status) =>
    machineSteps
      .filter((step) => stepProblem(step, { status, ...ready }) === undefined)
      .map((step) => `${status} ${step} ${machineLife[step].to}`),
  );
  expect(ways).toEqual([
    "registered scrap scrapped",
    "fitted commission in-service",
    "fitted send-to-repair under-repair",
    "fitted scrap scrapped",
    "in-service send-to-repair under-repair",
    "in-service scrap scrapped",
    "under-repair return-to-service in-service",
    "under-repair scrap scrapped",
  ]);
});

test("a scrapped machine stays scrapped, whatever is asked", () => {
  for (const step of machineSteps)
    expect(stepProblem(step, { status: "scrapped", ...ready })).toBe("scrapped");
});

test("nothing goes into service without a chip, and nothing leaves it while somebody works", () => {
  expect(stepProblem("commission", { status: "registered", hasChip: false, isHeld: false })).toBe("no-chip");
  expect(stepProblem("return-to-service", { status: "under-repair", hasChip: false, isHeld: false })).toBe(
    "no-chip",
  );
  for (const step of ["send-to-repair", "scrap"] as const) {
    expect(stepProblem(step, { status: "in-service", hasChip: true, isHeld: true })).toBe("at-work");
  }
});
