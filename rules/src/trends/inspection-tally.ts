/** What an inspection found. */
export const inspectionFindings = ["found", "nothing", "not-done"] as const;
export type InspectionFinding = (typeof inspectionFindings)[number];

/** A visit that was reported on. */
export interface InspectionResult {
  /** Of the weights that its plan was made by. */
  weightsVersion: string;
  /** Of the firm, when the plan was made. */
  score: number;
  finding: InspectionFinding;
}

/** How often visits found something, of one version of the weights and one band of scores. */
export interface InspectionTally {
  weightsVersion: string;
  /** The band is from here (of 0, 20, 40, 60, 80) on. */
  fromScore: number;
  found: number;
  nothing: number;
  notDone: number;
}

const BAND = 20;
const HIGHEST_BAND = 80;

/** Counts results by version and band, both in order. Counted and shown only: people change weights, results do not. */
export function tallyInspections(results: readonly InspectionResult[]): InspectionTally[] {
  const tallies = new Map<string, InspectionTally>();
  for (const { weightsVersion, score, finding } of results) {
    const fromScore = Math.max(0, Math.min(HIGHEST_BAND, Math.floor(score / BAND) * BAND));
    const key = `${weightsVersion} ${fromScore}`;
    const tally = tallies.get(key) ?? { weightsVersion, fromScore, found: 0, nothing: 0, notDone: 0 };
    if (finding === "found") tally.found++;
    else if (finding === "nothing") tally.nothing++;
    else tally.notDone++;
    tallies.set(key, tally);
  }
  return [...tallies.values()].sort((one, other) =>
    one.weightsVersion < other.weightsVersion
      ? -1
      : one.weightsVersion > other.weightsVersion
        ? 1
        : one.fromScore - other.fromScore,
  );
}
