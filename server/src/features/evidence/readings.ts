import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { type EvidenceRow, selectEvidence } from "./queries.ts";
import { type EvidenceSubjects, subjectOf } from "./subjects.ts";

/** A film is fetched in many parts: within this time they are one reading. */
const ONE_READING_MS = 10 * 60_000;
const REMEMBERED = 10_000;

/** Who looks at pictures of others: asked of the subject, and written down. */
export class Readings {
  readonly #ctx: Pick<AppContext, "db" | "clock" | "audit">;
  /** When a reading was written down, by reader and what was read; the oldest first. */
  readonly #recordedMs = new Map<string, number>();

  constructor(ctx: Pick<AppContext, "db" | "clock" | "audit">) {
    this.#ctx = ctx;
  }

  /** @throws AppError evidence.not_found, or the subject's own refusal */
  async require(person: Person, evidenceId: string, subjects: EvidenceSubjects): Promise<EvidenceRow> {
    const row = await selectEvidence(this.#ctx.db, evidenceId);
    if (row?.state !== "accepted") throw new AppError("evidence.not_found");
    if (row.person_id !== person.personId) {
      await subjectOf(subjects, row.purpose).requireReader(person, row.subject_id);
    }
    return row;
  }

  /** Writes a reading of what others took into the audit log, before anything of it is sent. */
  async record(person: Person, subject: string, rows: readonly EvidenceRow[], what: string): Promise<void> {
    if (!rows.some(({ person_id }) => person_id !== person.personId)) return;
    const nowMs = this.#ctx.clock.nowMs();
    const key = `${person.personId} ${subject} ${what}`;
    const before = this.#recordedMs.get(key);
    if (before !== undefined && nowMs - before < ONE_READING_MS) return;
    await this.#ctx.audit.record(this.#ctx.db, {
      actor: person.personId,
      action: "personal_data.read",
      subject,
      details: { what, count: rows.length },
    });
    this.#recordedMs.delete(key);
    this.#recordedMs.set(key, nowMs);
    const [oldest] = this.#recordedMs.keys();
    if (this.#recordedMs.size > REMEMBERED && oldest !== undefined) this.#recordedMs.delete(oldest);
  }
}
