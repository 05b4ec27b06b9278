/** Numbers for texts that many machines have in common, from 0 in the order of their coming. */
export class Words<Word extends string = string> {
  readonly all: Word[] = [];
  readonly #indexes = new Map<Word, number>();

  /** Its number; a new text gets the next. */
  of(word: Word): number {
    const known = this.#indexes.get(word);
    if (known !== undefined) return known;
    const index = this.all.push(word) - 1;
    this.#indexes.set(word, index);
    return index;
  }

  /** For every number whether its text is wanted: 1 or 0. */
  mask(isWanted: (word: Word) => boolean): Uint8Array {
    return Uint8Array.from(this.all, (word) => Number(isWanted(word)));
  }
}
