import {
  type County,
  type DemoMachine,
  type DemoWelder,
  isCertifiedFor,
  metresBetween,
  SimulatedMachine,
} from "@hanyouxu/simulator";
import { type Job, jobsOf } from "../src/index.ts";

const DAY_MS = 86_400_000;
/** A region is reminded of what ends within 30 days. */
const SOON_DAYS = 25;
const STEADY_DAYS = 40;
/** Nothing of the demonstration's makes demands so near. */
const CLEAR_METRES = 700;
const APART_METRES = 5_000;
const CANDIDATES = 600;

const casts = ({ cast }: County) =>
  new Set<string>([...Object.values(cast.machines), ...Object.values(cast.welders)]);

/** When the first of somebody's papers ends or falls due, in days from now. */
function daysLeft({ certificates }: DemoWelder): number {
  const days = certificates.flatMap(({ validTo, reviewDueOn }) => [
    validTo,
    ...(reviewDueOn ? [reviewDueOn] : []),
  ]);
  return (Math.min(...days.map((day) => Date.parse(day))) - Date.now()) / DAY_MS;
}

export const papersEndSoon = ({ welder }: Job) =>
  welder.certificates.length === 1 && daysLeft(welder) > 2 && daysLeft(welder) < SOON_DAYS;
const isSteady = ({ welder }: Job) => daysLeft(welder) > STEADY_DAYS;
export const isMobile = ({ machine }: Job) => machine.isMobile;
export const hasGasSensor = ({ machine }: Job) => new SimulatedMachine(machine, 1, 0).traits.hasGasSensor;

/** Jobs that no other spec has: of people and machines beside the cast, in the open country. */
export class JobPool {
  readonly #county: County;
  readonly #jobs: Job[];
  readonly #reserved: Set<string>;

  constructor(county: County) {
    this.#county = county;
    const cast = casts(county);
    this.#reserved = new Set(
      county.machines.filter(({ machineId }) => cast.has(machineId)).map(({ townshipCode }) => townshipCode),
    );
    this.#jobs = jobsOf(county, CANDIDATES).filter(({ machine }) => this.#isClear(machine));
  }

  /** One that fits, nobody's yet; the welder's papers last unless it is asked otherwise. */
  take(fits: (job: Job) => boolean = () => true, papers: (job: Job) => boolean = isSteady): Job {
    const index = this.#jobs.findIndex(
      (job) => fits(job) && papers(job) && !this.#reserved.has(job.machine.townshipCode),
    );
    return this.#jobs.splice(index, 1)[0]!;
  }

  /** The same, and nobody else gets one in its township: its region's numbers are about to be its own. */
  takeTownship(fits?: (job: Job) => boolean): Job {
    const job = this.take(fits);
    this.#reserved.add(job.machine.townshipCode);
    return job;
  }

  /** Somebody with machines of two firms that are far apart. */
  takeApart(): { welder: DemoWelder; machines: [DemoMachine, DemoMachine] } {
    const { welders, machines } = this.#county;
    const taken = casts(this.#county);
    const free = machines.filter(
      (machine) =>
        !taken.has(machine.machineId) && !this.#reserved.has(machine.townshipCode) && this.#isClear(machine),
    );
    for (const welder of welders) {
      if (taken.has(welder.welderId) || welder.enterpriseIds.length < 2) continue;
      const own = free.filter(
        ({ enterpriseId, process }) =>
          welder.enterpriseIds.includes(enterpriseId) && isCertifiedFor(welder, process),
      );
      const [here] = own;
      const there = own.find(({ home }) => metresBetween(here!.home, home) > APART_METRES);
      if (here && there) return { welder, machines: [here, there] };
    }
    throw new Error("nobody works for two firms that are far apart");
  }

  #isClear({ home }: DemoMachine): boolean {
    return this.#county.keyAreas.every(({ centre }) => metresBetween(centre, home) > CLEAR_METRES);
  }
}
