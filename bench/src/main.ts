import { parseArgs } from "node:util";
import { type Bench, UsageError } from "./bench.ts";
import { observeConditions } from "./conditions.ts";
import { benches } from "./registry.ts";
import { asJsonLine, asText } from "./report.ts";

const USAGE = `npm run bench -- --list
npm run bench -- NAME [--json] [options of the bench]`;

function list(): string {
  return benches
    .map(({ name, description, options }) => {
      const lines = Object.entries(options).map(
        ([option, { description: what, default: value }]) => `    --${option} ${value}   ${what}`,
      );
      return [`${name}  ${description}`, ...lines].join("\n");
    })
    .join("\n");
}

function findBench(args: readonly string[]): Bench {
  const name = args.find((arg) => !arg.startsWith("-"));
  const bench = benches.find((candidate) => candidate.name === name);
  if (bench) return bench;
  const known = benches.map((candidate) => candidate.name).join(", ");
  throw new UsageError(name ? `no bench "${name}"; there are: ${known}` : `name a bench: ${known}`);
}

function readOptions(bench: Bench, args: string[]): { json: boolean; options: Record<string, string> } {
  const known = Object.fromEntries(
    Object.keys(bench.options).map((name) => [name, { type: "string" as const }]),
  );
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: "boolean" }, ...known },
      allowPositionals: true,
    });
    // A "--" too many makes options of what follows no options: measured would be something else than was asked for.
    const [, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`not understood: ${more.join(" ")}`);
    const given: Readonly<Record<string, unknown>> = values;
    const options = Object.fromEntries(
      Object.entries(bench.options).map(([name, option]) => [name, String(given[name] ?? option.default)]),
    );
    return { json: values.json === true, options };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function main(args: string[]): Promise<number> {
  if (args.includes("--list")) {
    process.stdout.write(`${list()}\n`);
    return 0;
  }
  const bench = findBench(args);
  const { json, options } = readOptions(bench, args);
  const conditions = await observeConditions();
  const result = await bench.run(options, (line) => process.stderr.write(`${line}\n`));
  const format = json ? asJsonLine : asText;
  process.stdout.write(`${format(bench, result, conditions())}\n`);
  return result.target && !result.target.isMet ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
