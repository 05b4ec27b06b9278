import type { AppContext } from "../../context.ts";

/** What is fetched in many parts is one reading within this time. */
const ONE_READING_MS = 10 * 60_000;
const REMEMBERED = 10_000;

/** Writes readings of what shows people into the audit log, before anything of it is sent; the same again once in a while. */
export class ReadingLog {
  readonly #ctx: Pick<AppContext, "db" | "clock" | "audit">;
  /** When a reading was written down, by reader and what was read; the oldest first. */
  readonly #recordedMs = new Map<string, number>();

  constructor(ctx: Pick<AppContext, "db" | "clock" | "audit">) {
    this.#ctx = ctx;
  }

  async record(actor: string, subject: string, what: string, count: number): Promise<void> {
    const nowMs = this.#ctx.clock.nowMs();
    const key = `${actor} ${subject} ${what}`;
    const before = this.#recordedMs.get(key);
    if (before !== undefined && nowMs - before < ONE_READING_MS) return;
    await this.#ctx.audit.record(this.#ctx.db, {
      actor,
      action: "personal_data.read",
      subject,
      details: { what, count },
    });
    this.#recordedMs.delete(key);
    this.#recordedMs.set(key, nowMs);
    const [oldest] = this.#recordedMs.keys();
    if (this.#recordedMs.size > REMEMBERED && oldest !== undefined) this.#recordedMs.delete(oldest);
  }
}
