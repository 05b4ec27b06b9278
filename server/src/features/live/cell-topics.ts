import { ALARM_CELL } from "@hanyouxu/api";
import type { MachineColumns } from "../live-map/live-map.ts";
import type { Audience } from "./audience.ts";
import { CellTopic } from "./cell-topic.ts";

/** Who is told of cells. */
export interface Reader {
  audience: Audience;
  /** What it is told of, by cell; kept here. */
  topics: Map<number, CellTopic<Reader>>;
  take(frame: Uint8Array): void;
}

/** Which readers are told of which cells. */
export class CellTopics<Told extends Reader> {
  readonly #columns: MachineColumns;
  readonly #byCell = new Map<number, Map<Audience, CellTopic<Reader>>>();

  constructor(columns: MachineColumns) {
    this.#columns = columns;
  }

  /** How many machines of some cells an audience may see. */
  countIn(audience: Audience, cells: readonly number[], nowMs: number): number {
    const matcher = audience.matcher(nowMs);
    let count = 0;
    for (const cell of new Set(cells)) {
      for (const row of this.#columns.rowsIn(cell)) if (matcher.matches(row)) count++;
    }
    return count;
  }

  /** From now on the reader is told of these cells alone; those that are new to it begin with a snapshot. */
  join(reader: Told, cells: readonly number[], nowMs: number): void {
    const wanted = new Map(Array.from(cells, (cell) => [cell, this.#topicOf(reader.audience, cell, nowMs)]));
    for (const [cell, topic] of reader.topics)
      if (wanted.get(cell) !== topic) this.#part(reader, cell, topic);
    for (const [cell, topic] of wanted) {
      if (reader.topics.has(cell)) continue;
      reader.topics.set(cell, topic);
      topic.readers.add(reader);
      reader.take(topic.snapshot());
    }
  }

  leave(reader: Told): void {
    for (const [cell, topic] of reader.topics) this.#part(reader, cell, topic);
  }

  sendSnapshots(reader: Told): void {
    for (const topic of reader.topics.values()) reader.take(topic.snapshot());
  }

  /**
   * Tells all readers what has changed.
   * @param changed rows, each with the cell that it was in before
   * @param isReview whether also what has not changed is looked at
   * @param takes whether a reader takes anything now; one that does not is told by snapshots later
   */
  tell(
    changed: ReadonlyMap<number, number>,
    nowMs: number,
    isReview: boolean,
    takes: (reader: Told) => boolean,
  ): void {
    const rowsOf = this.#byCells(changed);
    for (const [cell, topics] of this.#byCell) {
      const rows = rowsOf.get(cell);
      if (!rows && !isReview) continue;
      for (const [audience, topic] of topics) {
        const matcher = audience.matcher(nowMs);
        const frames = [rows && topic.tell(rows, matcher), isReview ? topic.review(matcher) : undefined];
        for (const frame of frames) {
          if (!frame) continue;
          for (const reader of topic.readers) if (takes(reader as Told)) reader.take(frame);
        }
      }
    }
  }

  /** Each changed row in the cell that it is in, in that where it was, and among those with alarms. */
  #byCells(changed: ReadonlyMap<number, number>): Map<number, number[]> {
    const rowsOf = new Map<number, number[]>();
    const note = (cell: number, row: number) => {
      const rows = rowsOf.get(cell);
      if (rows) rows.push(row);
      else rowsOf.set(cell, [row]);
    };
    for (const [row, before] of changed) {
      const cell = this.#columns.at.cell[row]!;
      note(cell, row);
      if (before !== cell) note(before, row);
      note(ALARM_CELL, row);
    }
    return rowsOf;
  }

  #topicOf(audience: Audience, cell: number, nowMs: number): CellTopic<Reader> {
    const topics = this.#byCell.get(cell) ?? new Map<Audience, CellTopic<Reader>>();
    this.#byCell.set(cell, topics);
    const topic = topics.get(audience) ?? new CellTopic(this.#columns, cell, audience.matcher(nowMs));
    topics.set(audience, topic);
    return topic;
  }

  #part(reader: Told, cell: number, topic: CellTopic<Reader>): void {
    reader.topics.delete(cell);
    topic.readers.delete(reader);
    if (topic.readers.size > 0) return;
    const topics = this.#byCell.get(cell);
    for (const [audience, known] of topics ?? []) if (known === topic) topics!.delete(audience);
    if (topics?.size === 0) this.#byCell.delete(cell);
  }
}
