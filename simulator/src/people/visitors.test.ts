import { describe, expect, test } from "vitest";
import { generateCounty } from "../county/generate-county.ts";
import { createRandom } from "../random.ts";
import { isCertifiedFor, usualMisconduct, type Visitor, Welders } from "./visitors.ts";

const county = generateCounty(330723, "2026-11-23");
const nobodyErrs = { withoutPapers: 0, somebodyElses: 0, fromAfar: 0 };

describe("who comes to a machine", () => {
  test("is a certified member of its enterprise when nobody errs", () => {
    const welders = new Welders(county.welders);
    const random = createRandom("honest");
    let visits = 0;
    for (const machine of county.machines.slice(0, 500)) {
      const visitor = welders.callTo(machine, random, nobodyErrs);
      if (!visitor) continue;
      visits += 1;
      expect(visitor.intent).toBe("honest");
      expect(visitor.welder.enterpriseIds).toContain(machine.enterpriseId);
      expect(isCertifiedFor(visitor.welder, machine.process)).toBe(true);
    }
    expect(visits).toBeGreaterThan(300);
  });

  test("errs about as often as usual", () => {
    const welders = new Welders(county.welders);
    const random = createRandom("usual");
    const intents = new Map<Visitor["intent"], number>();
    for (let day = 0; day < 5; day++) {
      for (const machine of county.machines) {
        const visitor = welders.callTo(machine, random, usualMisconduct);
        if (!visitor) continue;
        intents.set(visitor.intent, (intents.get(visitor.intent) ?? 0) + 1);
        welders.release(visitor);
        if (visitor.intent === "somebody-elses") {
          expect(visitor.welder.enterpriseIds).not.toContain(machine.enterpriseId);
        }
      }
    }
    const total = [...intents.values()].reduce((sum, count) => sum + count, 0);
    const share = (intent: Visitor["intent"]) => intents.get(intent)! / total;
    expect(share("honest")).toBeGreaterThan(0.9);
    for (const intent of ["without-papers", "somebody-elses", "from-afar"] as const) {
      expect(share(intent)).toBeGreaterThan(0.005);
      expect(share(intent)).toBeLessThan(0.05);
    }
  });

  test("is at one machine at a time", () => {
    const welders = new Welders(county.welders);
    const random = createRandom("busy");
    const called = county.machines.slice(0, 800).flatMap((machine) => {
      const visitor = welders.callTo(machine, random, usualMisconduct);
      return visitor ? [visitor.welder.welderId] : [];
    });
    expect(new Set(called).size).toBe(called.length);
  });
});
