import type { WorkerCount } from "./measures.ts";
import { COUNTY_DIGITS, type Fineness, PREFECTURE_DIGITS, WHOLE_DIGITS } from "./roll-ups.ts";

/** Who worked in a year, a row for each firm, machine or welder by region and, in some, by what firms and machines are. */
export interface WorkingTable {
  suffix: string;
  /** Of the region's code. */
  digits: number;
  hasColumns: boolean;
}

/** From the rows themselves: by township and way. */
export const townships: WorkingTable = { suffix: "", digits: WHOLE_DIGITS, hasColumns: true };
const counties: WorkingTable = { suffix: "_counties", digits: COUNTY_DIGITS, hasColumns: false };
/** Made for each one that worked from its rows in a finer table, none before that. */
export const gathered: readonly (WorkingTable & { from: WorkingTable })[] = [
  { ...counties, from: townships },
  { suffix: "_provinces", digits: 2, hasColumns: false, from: counties },
  { suffix: "_prefectures", digits: PREFECTURE_DIGITS, hasColumns: false, from: counties },
  { suffix: "_prefecture_ways", digits: PREFECTURE_DIGITS, hasColumns: true, from: townships },
];

/** The coarsest that tells apart what is asked for: the wider its regions, the fewer rows for whoever works in several. */
export const workingTableFor = (needed: Fineness): WorkingTable =>
  [...gathered, townships]
    .filter(({ digits, hasColumns }) => digits >= needed.digits && (hasColumns || !needed.hasColumns))
    .toSorted(
      (one, other) => Number(one.hasColumns) - Number(other.hasColumns) || one.digits - other.digits,
    )[0]!;

export const workersTable = (kind: WorkerCount, { suffix }: Pick<WorkingTable, "suffix">): string =>
  `statistics_working_${kind}${suffix}`;
