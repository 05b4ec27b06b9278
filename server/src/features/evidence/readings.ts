import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { ReadingLog } from "../audit/audit.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { type EvidenceRow, selectEvidence } from "./queries.ts";
import { type EvidenceSubjects, subjectOf } from "./subjects.ts";

/** Who looks at pictures of others: asked of the subject, and written down. */
export class Readings {
  readonly #ctx: Pick<AppContext, "db" | "clock" | "audit">;
  readonly #log: ReadingLog;

  constructor(ctx: Pick<AppContext, "db" | "clock" | "audit">) {
    this.#ctx = ctx;
    this.#log = new ReadingLog(ctx);
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
    await this.#log.record(person.personId, subject, what, rows.length);
  }
}
