import { chance, normal, pick, type Random } from "../random.ts";

/**
 * A firm of a simulated year (演示). What makes it dangerous is drawn first and stays hidden; what the platform can see of a
 * firm follows from that only loosely, with chance and habits of its own in between.
 */
export interface YearFirm {
  id: string;
  /** Marked 演示. */
  name: string;
  region: string;
  machines: number;
  welders: number;
  shift: "day" | "long" | "two";
  /** How much of its work is in key areas, 0–1. */
  keyAreaShare: number;
  /** Hidden: how it handles sparks and gas; normal, more is worse. */
  danger: number;
  /** Hidden: how it keeps rules and deadlines; normal, more is better. Correlates with `danger` a little. */
  discipline: number;
  /** Hidden: how readily its chips cry, whatever happens: dusty halls, bad mountings. */
  touchiness: number;
}

export function drawFirm(random: Random, index: number, regions: readonly string[]): YearFirm {
  const danger = normal(random, 0, 1);
  const size = Math.exp(normal(random, 1.8, 0.8));
  const machines = Math.max(1, Math.min(80, Math.round(size)));
  return {
    id: `firm-${String(index + 1).padStart(4, "0")}`,
    name: `演示企业 ${index + 1}`,
    region: pick(random, regions),
    machines,
    welders: Math.max(1, Math.round(machines * (0.8 + random.next()))),
    shift: chance(random, 0.15) ? "two" : chance(random, 0.3) ? "long" : "day",
    keyAreaShare: chance(random, 0.4) ? random.next() ** 1.5 : 0,
    danger,
    discipline: -0.4 * danger + normal(random, 0, 0.9),
    touchiness: normal(random, 0, 1),
  };
}

const hourOfDay: Record<YearFirm["shift"], (hour: number) => number> = {
  day: (hour) => (hour >= 8 && hour < 18 ? (hour === 12 ? 0.12 : 0.42) : 0.01),
  long: (hour) => (hour >= 7 && hour < 21 ? (hour === 12 || hour === 18 ? 0.15 : 0.38) : 0.015),
  two: (hour) => (hour >= 8 && hour < 24 ? (hour === 12 || hour === 18 ? 0.18 : 0.4) : 0.05),
};

/** The chance of a machine of the firm to be working in an hour of a full working day. */
export function workingChance({ shift }: YearFirm, hour: number): number {
  return hourOfDay[shift](hour);
}

/** A number of chance events of a mean: Knuth's way for few, the normal distribution for many. */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 30) return Math.max(0, Math.round(normal(random, mean, Math.sqrt(mean))));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

/** How many of `machines` work, each with the same chance. */
export function binomial(random: Random, machines: number, probability: number): number {
  if (machines > 25) {
    const mean = machines * probability;
    return Math.max(
      0,
      Math.min(machines, Math.round(normal(random, mean, Math.sqrt(mean * (1 - probability))))),
    );
  }
  let count = 0;
  for (let machine = 0; machine < machines; machine++) if (random.next() < probability) count++;
  return count;
}
