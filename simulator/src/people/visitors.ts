import type { DemoCertificate, DemoMachine, DemoWelder, WeldingProcess } from "../county/types.ts";
import { chance, pick, type Random } from "../random.ts";

/** Who comes to a machine and what for. */
export interface Visitor {
  welder: DemoWelder;
  intent: "honest" | "without-papers" | "somebody-elses" | "from-afar";
}

/** Of a hundred scans so many are wrong ones; the rest is honest work. */
export interface Misconduct {
  withoutPapers: number;
  somebodyElses: number;
  fromAfar: number;
}

export const usualMisconduct: Misconduct = { withoutPapers: 0.05, somebodyElses: 0.02, fromAfar: 0.01 };

/** The county's welders by employer: who may come to which machine. */
export class Welders {
  readonly #all: readonly DemoWelder[];
  readonly #byEnterprise = new Map<string, DemoWelder[]>();
  /** Welders at a machine now: nobody is asked twice. */
  readonly #busy = new Set<string>();

  constructor(welders: readonly DemoWelder[]) {
    this.#all = welders;
    for (const welder of welders) {
      for (const enterpriseId of welder.enterpriseIds) {
        const members = this.#byEnterprise.get(enterpriseId);
        if (members) members.push(welder);
        else this.#byEnterprise.set(enterpriseId, [welder]);
      }
    }
  }

  /** Somebody for the machine, marked busy until `release`; undefined when nobody is there. */
  callTo(machine: DemoMachine, random: Random, misconduct: Misconduct): Visitor | undefined {
    const visitor = this.#choose(machine, random, misconduct);
    if (visitor) this.#busy.add(visitor.welder.welderId);
    return visitor;
  }

  release({ welder }: Visitor): void {
    this.#busy.delete(welder.welderId);
  }

  #choose(machine: DemoMachine, random: Random, misconduct: Misconduct): Visitor | undefined {
    const free = (this.#byEnterprise.get(machine.enterpriseId) ?? []).filter(
      ({ welderId }) => !this.#busy.has(welderId),
    );
    const certified = free.filter((welder) => isCertifiedFor(welder, machine.process));
    const others = free.filter((welder) => !certified.includes(welder));
    if (others.length > 0 && chance(random, misconduct.withoutPapers)) {
      return { welder: pick(random, others), intent: "without-papers" };
    }
    if (chance(random, misconduct.somebodyElses)) {
      const stranger = pick(random, this.#all);
      const isStranger = !stranger.enterpriseIds.includes(machine.enterpriseId);
      if (isStranger && !this.#busy.has(stranger.welderId))
        return { welder: stranger, intent: "somebody-elses" };
    }
    if (certified.length === 0) return undefined;
    const intent = chance(random, misconduct.fromAfar) ? "from-afar" : "honest";
    return { welder: pick(random, certified), intent };
  }
}

/** What the welder himself believes his papers to be good for; the platform decides. */
export function isCertifiedFor(welder: DemoWelder, process: WeldingProcess): boolean {
  return (
    welder.profile === "certified" &&
    welder.certificates.some((certificate) => mentions(certificate, process))
  );
}

function mentions({ item }: DemoCertificate, process: WeldingProcess): boolean {
  if (process === "RW") return item === "pressure-welding";
  if (item === "fusion-welding-thermal-cutting") return true;
  return item === "building-welder" ? process !== "SAW" : item.startsWith(`${process}-`);
}
