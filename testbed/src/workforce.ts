import type { WorkSession } from "@hanyouxu/api";
import type { Clock } from "@hanyouxu/protocol";
import { type County, type DemoMachine, type DemoWelder, isCertifiedFor, Phone } from "@hanyouxu/simulator";
import type { System } from "./system.ts";

export interface Job {
  machine: DemoMachine;
  welder: DemoWelder;
}

/** Machines with a certified welder of their own firm for each, nobody and nothing twice. */
export function jobsOf(county: County, count: number): Job[] {
  const cast = new Set<string>(Object.values(county.cast.machines));
  const busy = new Set<string>(Object.values(county.cast.welders));
  const jobs: Job[] = [];
  for (const machine of county.machines) {
    if (jobs.length === count) break;
    if (cast.has(machine.machineId)) continue;
    const welder = county.welders.find(
      (candidate) =>
        !busy.has(candidate.welderId) &&
        candidate.profile === "certified" &&
        candidate.enterpriseIds.includes(machine.enterpriseId) &&
        isCertifiedFor(candidate, machine.process),
    );
    if (!welder) continue;
    busy.add(welder.welderId);
    jobs.push({ machine, welder });
  }
  return jobs;
}

export function phoneOf(
  system: Pick<System, "url">,
  welder: DemoWelder,
  clock: Clock,
  fetch = globalThis.fetch,
): Phone {
  return new Phone({
    fetch,
    baseUrl: system.url,
    phoneNumber: welder.phone,
    clock,
    signal: new AbortController().signal,
  });
}

export interface RunningJob extends Job {
  phone: Phone;
  session: WorkSession;
}

/** Everybody scans, beside the machine as its chip sees it. @throws when one is refused */
export async function startJobs(
  system: Pick<System, "url" | "clock" | "fleet">,
  jobs: readonly Job[],
): Promise<RunningJob[]> {
  const running: RunningJob[] = [];
  for (const job of jobs) {
    const at = system.fleet.machine(job.machine.machineId);
    if (!at) throw new Error(`${job.machine.name} is not online`);
    const phone = phoneOf(system, job.welder, system.clock);
    const answer = await phone.start(at.machineCode, { ...at.world.body.place, accuracyMetres: 10 });
    if (answer.outcome !== "grant") {
      throw new Error(`${job.machine.name}: ${answer.reasons.map(({ ruleId }) => ruleId).join(", ")}`);
    }
    running.push({ ...job, phone, session: answer.workSession });
  }
  return running;
}
