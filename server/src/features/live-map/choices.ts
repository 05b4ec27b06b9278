import type { MapChoices, MapFilter } from "@hanyouxu/api";
import type { MachineColumns } from "./machine-columns.ts";
import { type MapSight, Matcher, type Reach } from "./matcher.ts";
import type { Words } from "./words.ts";

const HOURS = [1, 8, 24, 168];
/** Lengths of the codes of provinces, cities, counties and townships. */
const REGION_DIGITS = [2, 4, 6, 9];

type Field = Exclude<keyof MapFilter, "states">;
type Counter = (
  columns: MachineColumns,
  rows: Iterable<number>,
  nowMs: number,
) => Map<string, number> | Record<string, number>;

/** Each field with what of a row its values are, and whose sight telling that takes. */
const fields: Record<Field, { count: Counter; sight?: (matcher: Matcher) => Reach }> = {
  region: { count: (columns, rows) => upwards(byWord("region", columns.regions, columns, rows)) },
  enterpriseTypes: {
    count: (columns, rows) => byWord("enterpriseType", columns.enterpriseTypes, columns, rows),
  },
  domains: { count: (columns, rows) => byWord("domain", columns.domains, columns, rows) },
  industries: { count: (columns, rows) => bySection(byWord("industry", columns.industries, columns, rows)) },
  processes: { count: (columns, rows) => byWord("process", columns.processes, columns, rows) },
  isMobile: { count: (columns, rows) => yesOrNo(columns.at.isMobile, rows) },
  hasAlarm: { count: (columns, rows) => yesOrNo(columns.at.alarm, rows), sight: ({ alarms }) => alarms },
  isInKeyArea: {
    count: (columns, rows) => yesOrNo(columns.at.isInKeyArea, rows),
    sight: ({ readings }) => readings,
  },
  keyAreaId: { count: byKeyArea, sight: ({ readings }) => readings },
  certificateFamilies: { count: byFamily, sight: ({ people }) => people },
  workedWithinHours: { count: byHours },
};

/**
 * For each field of a filter how many machines every choice would leave, were it the field's only one and the others as
 * they are. Fields that are not chosen share one look at all rows.
 */
export function choicesOf(
  columns: MachineColumns,
  sight: MapSight,
  filter: MapFilter,
  nowMs: number,
): MapChoices["choices"] {
  const whole = new Matcher(columns, sight, filter, nowMs);
  const matching = rowsOf(columns, whole);
  const counted = (Object.keys(fields) as Field[]).map((name) => {
    const { count, sight: needed } = fields[name];
    const isChosen = filter[name] !== undefined;
    const matcher = isChosen ? new Matcher(columns, sight, { ...filter, [name]: undefined }, nowMs) : whole;
    const rows = isChosen ? rowsOf(columns, matcher) : matching;
    const reach = needed?.(matcher);
    const told = count(columns, reach ? rows.filter((row) => reach.has(row)) : rows, nowMs);
    return [name, told instanceof Map ? Object.fromEntries(told) : told] as const;
  });
  return Object.fromEntries(counted);
}

function rowsOf(columns: MachineColumns, matcher: Matcher): number[] {
  const rows: number[] = [];
  for (let row = 0; row < columns.count; row++) if (matcher.matches(row)) rows.push(row);
  return rows;
}

function byWord(
  name: "region" | "enterpriseType" | "domain" | "industry" | "process",
  words: Words,
  columns: MachineColumns,
  rows: Iterable<number>,
): Map<string, number> {
  const column = columns.at[name];
  const counts = new Uint32Array(words.all.length);
  for (const row of rows) counts[column[row]!]!++;
  return new Map(words.all.flatMap((word, index) => (counts[index]! > 0 ? [[word, counts[index]!]] : [])));
}

/** Also of each region above. */
function upwards(counts: ReadonlyMap<string, number>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [code, count] of counts)
    for (const digits of REGION_DIGITS) {
      if (digits > code.length) break;
      const above = code.slice(0, digits);
      sums.set(above, (sums.get(above) ?? 0) + count);
    }
  return sums;
}

/** Also of each section, the letter before its divisions. */
function bySection(counts: ReadonlyMap<string, number>): Map<string, number> {
  const sums = new Map(counts);
  for (const [code, count] of counts)
    if (code.length > 1) sums.set(code[0]!, (sums.get(code[0]!) ?? 0) + count);
  return sums;
}

function yesOrNo(column: Uint16Array, rows: Iterable<number>): Record<string, number> {
  const counts = { true: 0, false: 0 };
  for (const row of rows) counts[column[row]! > 0 ? "true" : "false"]++;
  return counts;
}

function byKeyArea(columns: MachineColumns, rows: Iterable<number>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const id of columns.keyAreas.get(row) ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function byFamily(columns: MachineColumns, rows: Iterable<number>): Record<string, number> {
  const counts = new Uint32Array(columns.families.all.length);
  for (const row of rows)
    for (let bit = 0; bit < counts.length; bit++)
      if ((columns.at.families[row]! & (1 << bit)) !== 0) counts[bit]!++;
  return Object.fromEntries(columns.families.all.map((family, bit) => [family, counts[bit]!]));
}

function byHours(columns: MachineColumns, rows: Iterable<number>, nowMs: number): Record<string, number> {
  const nowMinute = Math.floor(nowMs / 60_000);
  const counts = HOURS.map((hours) => ({ hours, sinceMinute: nowMinute - hours * 60, count: 0 }));
  for (const row of rows)
    for (const one of counts) if (columns.at.workedAtMinute[row]! >= one.sinceMinute) one.count++;
  return Object.fromEntries(counts.map(({ hours, count }) => [hours, count]));
}
