/** A figure measured against a named peer, or a physical limit, in the same run on the same machine. */
export interface BenchResult {
  value: number;
  unit: string;
  /** What it is measured against, in words. */
  peer: string;
  peerValue: number;
  /** What the figure should be, where the project promises one; a run that misses it exits with 1. */
  target?: { text: string; isMet: boolean };
  /** What was run: sizes, rates, versions of the engines that took part. */
  parameters: Record<string, string | number | boolean>;
  repetitions: number;
  /** Everything else worth knowing: the breakdown, the spread. */
  details: Record<string, unknown>;
}

export interface BenchOption {
  description: string;
  default: string;
}

export interface Bench {
  name: string;
  description: string;
  options: Record<string, BenchOption>;
  /** @param options every option of the bench, as text; @param say for progress, on stderr */
  run(options: Readonly<Record<string, string>>, say: (line: string) => void): Promise<BenchResult>;
}

/** A bad value of an option: the caller prints it and the usage. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The whole number that an option says, within bounds. @throws UsageError naming the option */
export function wholeNumber(
  options: Readonly<Record<string, string>>,
  name: string,
  min: number,
  max: number,
): number {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new UsageError(`--${name} is a whole number from ${min} to ${max}, not "${options[name]}"`);
  }
  return value;
}

/** One of the words that an option knows. @throws UsageError naming the option */
export function oneOf<Word extends string>(
  options: Readonly<Record<string, string>>,
  name: string,
  words: readonly Word[],
): Word {
  const word = words.find((candidate) => candidate === options[name]);
  if (word === undefined) {
    throw new UsageError(`--${name} is one of ${words.join(", ")}, not "${options[name]}"`);
  }
  return word;
}
