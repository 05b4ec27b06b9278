import type { PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { repeat } from "../../repeat.ts";
import { selectNewestOf } from "./queries.ts";

const TICK_MS = 1_000;
/** Commits become visible a little after the time they carry. */
const OVERLAP_MS = 5_000;

type FeedContext = Pick<AppContext, "db" | "clock" | "log">;

/** Tells open pages that their person has a new message, whichever server has written it: looked at once a second. */
export class MessageFeed {
  readonly #ctx: FeedContext;
  readonly #pages = new Map<PersonId, Set<() => void>>();
  /** Of each person who was told within the overlap, the newest message. */
  readonly #told = new Map<PersonId, string>();
  #readUntilMs: number;
  #stopReading = () => {};

  constructor(ctx: FeedContext) {
    this.#ctx = ctx;
    this.#readUntilMs = ctx.clock.nowMs();
  }

  /** @returns how to leave */
  follow(personId: PersonId, tell: () => void): () => void {
    const pages = this.#pages.get(personId) ?? new Set();
    this.#pages.set(personId, pages.add(tell));
    return () => {
      pages.delete(tell);
      if (pages.size === 0) this.#pages.delete(personId);
    };
  }

  start(): void {
    this.#stopReading = repeat(this.#ctx, {
      everyMs: TICK_MS,
      run: () => this.refresh(),
      failure: "pages not told of messages",
    });
  }

  stop(): void {
    this.#stopReading();
  }

  /** One tick. */
  async refresh(): Promise<void> {
    const nowMs = this.#ctx.clock.nowMs();
    const since = new Date(this.#readUntilMs - OVERLAP_MS);
    const newest = await selectNewestOf(this.#ctx.db, [...this.#pages.keys()], since);
    this.#readUntilMs = nowMs;
    for (const [personId, messageId] of newest) {
      if (this.#told.get(personId) === messageId) continue;
      this.#told.set(personId, messageId);
      for (const tell of this.#pages.get(personId) ?? []) tell();
    }
    for (const personId of this.#told.keys()) if (!newest.has(personId)) this.#told.delete(personId);
  }
}
