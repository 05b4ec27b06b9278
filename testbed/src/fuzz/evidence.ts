import { type ApiClient, machineRoutes } from "@hanyouxu/api";
import type { Findings } from "./findings.ts";

/** What must be the same after the fuzz: the register of machines, but for those whose chips the fuzz had. */
export async function registerOf(
  regulator: ApiClient,
  except: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const register = new Map<string, string>();
  for (let page = 1; ; page++) {
    const { items, total } = await regulator.call(machineRoutes.listMachines, {
      query: { page, pageSize: 200 },
    });
    for (const machine of items) {
      const {
        machineId,
        machineCode,
        name,
        model,
        process,
        isMobile,
        status,
        enterpriseId,
        region,
        lockReason,
      } = machine;
      if (except.has(machineId)) continue;
      register.set(
        machineId,
        JSON.stringify({
          machineCode,
          name,
          model,
          process,
          isMobile,
          status,
          enterpriseId,
          region,
          lockReason,
        }),
      );
    }
    if (items.length === 0 || page * 200 >= total) return register;
  }
}

export function compareRegisters(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  findings: Findings,
): void {
  for (const [machineId, machine] of before) {
    const now = after.get(machineId);
    if (now !== machine) findings.violation(`machine ${machineId} changed: ${machine} → ${now ?? "gone"}`);
  }
  for (const machineId of after.keys()) {
    if (!before.has(machineId)) findings.violation(`machine ${machineId} was not there before`);
  }
}

/** The server's counters, by name with their labels. */
export async function countersOf(baseUrl: string): Promise<Map<string, number>> {
  const text = await (await fetch(`${baseUrl}/metrics`)).text();
  return new Map(
    text
      .split("\n")
      .filter((line) => line && !line.startsWith("#"))
      .map((line) => {
        const at = line.lastIndexOf(" ");
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
  );
}

/** The sum of a counter over its labels, or of those that hold `label`. */
export function sumOf(counters: ReadonlyMap<string, number>, name: string, label = ""): number {
  let sum = 0;
  for (const [key, value] of counters) {
    if ((key === name || key.startsWith(`${name}{`)) && key.includes(label)) sum += value;
  }
  return sum;
}
