import type { Bench, BenchResult } from "./bench.ts";
import type { Conditions } from "./conditions.ts";
import { rounded } from "./statistics.ts";

/** The result as one line of JSON. */
export function asJsonLine(bench: Bench, result: BenchResult, conditions: Conditions): string {
  const { value, unit, peer, peerValue, target, parameters, repetitions, details } = result;
  const ratio = rounded(value / peerValue);
  return JSON.stringify({
    name: bench.name,
    value: rounded(value),
    unit,
    peer,
    peerValue: rounded(peerValue),
    ratio,
    ...(target && { target }),
    conditions: { ...conditions, parameters, repetitions },
    details,
  });
}

/** The result for a reader. */
export function asText(bench: Bench, result: BenchResult, conditions: Conditions): string {
  const { value, unit, peer, peerValue, target, parameters, repetitions, details } = result;
  const lines = [
    `${bench.name}: ${rounded(value)} ${unit}`,
    `  peer     ${peer}: ${rounded(peerValue)} ${unit} (ratio ${rounded(value / peerValue)})`,
    ...(target ? [`  target   ${target.text}: ${target.isMet ? "met" : "MISSED"}`] : []),
    `  run      ${JSON.stringify(parameters)}, ${repetitions} repetitions`,
    `  machine  ${conditions.cpu}, ${conditions.cores} cores, ${conditions.memoryGiB} GiB, Node ${conditions.node}, load ${conditions.loadAverage.join(" → ")}, commit ${conditions.commit}`,
  ];
  for (const [name, detail] of Object.entries(details)) {
    const rows = Array.isArray(detail) ? detail : [detail];
    lines.push(`  ${name}`, ...rows.map((row) => `    ${JSON.stringify(row)}`));
  }
  return lines.join("\n");
}
