/** A combination of the dimensions' values, and what was counted of it by part. */
export interface CountedRow {
  keys: (string | null)[];
  counts: Map<string, number>;
}

/** Rows by their keys, each there once. */
export class CountedRows {
  readonly #byKeys = new Map<string, CountedRow>();

  /** The row of these keys, made where there is none. */
  of(keys: CountedRow["keys"]): CountedRow {
    const name = JSON.stringify(keys);
    const row = this.#byKeys.get(name) ?? { keys, counts: new Map() };
    this.#byKeys.set(name, row);
    return row;
  }

  all(): CountedRow[] {
    return [...this.#byKeys.values()];
  }
}
