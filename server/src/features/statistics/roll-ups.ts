import type { FactFamily } from "./families.ts";

export const PREFECTURE_DIGITS = 4;
/** A county's code within a township's (GB/T 2260). */
export const COUNTY_DIGITS = 6;
/** No place is told apart more finely. */
export const WHOLE_DIGITS = 12;

/** Cells of a family, told apart as finely as a question may need. */
export interface RollUp {
  suffix: string;
  grain: "day" | "month";
  /** Of the region's code. */
  digits: number;
  /** Whether what firms and machines are is told apart. */
  hasColumns: boolean;
  /** What it is summed up from; that of the rows themselves has none. */
  from: string | null;
}

const days: RollUp = { suffix: "", grain: "day", digits: WHOLE_DIGITS, hasColumns: true, from: null };
const months: RollUp = {
  suffix: "_months",
  grain: "month",
  digits: WHOLE_DIGITS,
  hasColumns: true,
  from: "",
};

/** In the order of how few rows a year has: the first that tells enough apart is read. Those made from others come later. */
export const rollUps: readonly RollUp[] = [
  { suffix: "_sums_months", grain: "month", digits: WHOLE_DIGITS, hasColumns: false, from: "_months" },
  { suffix: "_county_days", grain: "day", digits: COUNTY_DIGITS, hasColumns: false, from: "" },
  {
    suffix: "_prefecture_months",
    grain: "month",
    digits: PREFECTURE_DIGITS,
    hasColumns: true,
    from: "_county_months",
  },
  { suffix: "_prefecture_days", grain: "day", digits: PREFECTURE_DIGITS, hasColumns: true, from: "" },
  { suffix: "_county_months", grain: "month", digits: COUNTY_DIGITS, hasColumns: true, from: "_months" },
  months,
  days,
];
/** The order in which they are counted: none before what it is made from. */
export const rollUpsInOrder: readonly RollUp[] = rollUps.toReversed().filter(({ from }) => from !== null);

export interface Fineness {
  digits: number;
  hasColumns: boolean;
}

/** The fewest cells of a grain that tell apart what is asked for. */
export const rollUpFor = (grain: RollUp["grain"], needed: Fineness): RollUp =>
  rollUps.find(
    (rollUp) =>
      rollUp.grain === grain && rollUp.digits >= needed.digits && (rollUp.hasColumns || !needed.hasColumns),
  )!;

export const tableOf = (family: FactFamily, { suffix }: Pick<RollUp, "suffix">): string =>
  `${family.table}${suffix}`;

export const columnsOf = (family: FactFamily, { hasColumns }: Pick<RollUp, "hasColumns">): string[] =>
  hasColumns ? Object.keys(family.dimensions) : [];
