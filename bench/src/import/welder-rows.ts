import type { SheetCell } from "@hanyouxu/testbed";

/** The twelve columns of a sheet of welders, in English as well as a template may be. */
export const HEADS = [
  "name",
  "identity number",
  "phone",
  "region code",
  "township",
  "enterprise USCC",
  "certificate family",
  "item",
  "certificate number",
  "valid from",
  "valid to",
  "review due",
] as const;

/** What is wrong with the bad rows, in turn: the column and a value that does not belong there. */
const SPOILS: readonly (readonly [column: (typeof HEADS)[number], value: SheetCell])[] = [
  ["identity number", "999999180001010000"],
  ["phone", "12345"],
  ["region code", "110101001"],
  ["name", null],
  ["item", "杂耍"],
  ["valid to", "2020-02-30"],
  ["enterprise USCC", "91350100M000100Y43"],
  ["certificate family", "无此部门"],
];

export interface WelderSheet {
  rows: number;
  badRows: number;
  uscc: string;
  region: string;
}

/** Simulated welders (演示) with a certificate each; bad rows are spread evenly. */
export function welderRows({ rows, badRows, uscc, region }: WelderSheet): SheetCell[][] {
  const spoilt = spoiltRows(rows, badRows);
  return Array.from({ length: rows }, (_, n) => {
    const identity = identityNumber(n);
    const row: SheetCell[] = [
      `演示焊工${n}`,
      identity,
      `1999${String(n).padStart(7, "0")}`,
      region,
      null,
      uscc,
      "应急管理",
      "熔化焊接与热切割作业",
      `T${identity}`,
      "2025-01-01",
      "2030-12-31",
      "2027-12-31",
    ];
    const spoil = spoilt.get(n);
    if (spoil) row[HEADS.indexOf(spoil[0])] = spoil[1];
    return row;
  });
}

/** `row column` of each bad cell as the platform should name it, in the order of the rows; the head is row 1. */
export function badCells(rows: number, badRows: number): string[] {
  return [...spoiltRows(rows, badRows)].map(([n, [column]]) => `${n + 2} ${column}`);
}

function spoiltRows(rows: number, badRows: number) {
  return new Map(
    Array.from({ length: badRows }, (_, bad) => [
      Math.floor(((bad + 0.5) * rows) / badRows),
      SPOILS[bad % SPOILS.length]!,
    ]),
  );
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A GB 11643 number of a region that does not exist, with a right check character: nobody's. */
function identityNumber(n: number): string {
  const [year, month, day] = [
    1800 + (n % 90),
    1 + (Math.floor(n / 90) % 12),
    1 + (Math.floor(n / 1080) % 28),
  ];
  const two = (value: number) => String(value).padStart(2, "0");
  const first17 = `999999${year}${two(month)}${two(day)}${String(Math.floor(n / 30_240)).padStart(3, "0")}`;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return `${first17}${"10X98765432"[sum % 11]}`;
}
