import type { Cell } from "../../sheets/cell.ts";
import type { ImportColumn } from "./columns.ts";

/** Where each column of an import stands in the file. */
export interface MatchedHeads {
  /** By key of the column: index of the cell. */
  places: ReadonlyMap<string, number>;
  missing: readonly ImportColumn[];
  /** Two heads for one column. */
  doubled: readonly ImportColumn[];
}

/** Heads in Chinese or English, in any order, with or without a star, a note in brackets and white space. */
export function matchHeads(head: readonly Cell[], columns: readonly ImportColumn[]): MatchedHeads {
  const places = new Map<string, number>();
  const doubled: ImportColumn[] = [];
  head.forEach((cell, index) => {
    const name = normalHead(String(cell ?? ""));
    const column = columns.find(({ key, title }) => [title.zh, title.en, key].map(normalHead).includes(name));
    if (!column || name === "") return;
    if (places.has(column.key)) doubled.push(column);
    else places.set(column.key, index);
  });
  return { places, missing: columns.filter(({ key, isNeeded }) => isNeeded && !places.has(key)), doubled };
}

function normalHead(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/\([^)]*\)/g, "")
    .replaceAll(/[\s*:_-]/g, "")
    .toLowerCase();
}
