import type { MessageSeverity, MessageTopic } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { MessageWords } from "../../db/tables/telling.ts";
import type { Tables } from "../../db/tables.ts";
import { insertMessages } from "./queries.ts";
import { requireWords } from "./render.ts";
import type { TemplateName } from "./templates.ts";

export interface Telling {
  personIds: readonly PersonId[];
  topic: MessageTopic;
  /** Danger goes through quiet hours and limits. */
  severity: MessageSeverity;
  /** What it is about; a second danger of the same template about it within minutes rings no phone again. */
  subject: { kind: string; id: string };
  template: TemplateName;
  /** What the template has places for: ids, codes, names of machines and places, never of people. */
  words: MessageWords;
  /** A person is told once under it, however often this is called. */
  onceKey: string;
}

/**
 * Tells people, within the caller's transaction: what is written here is delivered, whatever happens to this server.
 * It is in the app at once; by which channels it goes out is decided a moment later, by each person's preferences.
 * @throws when the template lacks a word: a bug
 */
export async function tell(
  ctx: Pick<AppContext, "clock" | "newId">,
  tx: Kysely<Tables>,
  telling: Telling,
): Promise<void> {
  await tellAll(ctx, tx, [telling]);
}

/** Many at once, in their order. @throws when a template lacks a word: a bug */
export async function tellAll(
  ctx: Pick<AppContext, "clock" | "newId">,
  tx: Kysely<Tables>,
  tellings: readonly Telling[],
): Promise<void> {
  const now = new Date(ctx.clock.nowMs());
  for (const { template, words } of tellings) requireWords(template, words);
  await insertMessages(
    tx,
    tellings.flatMap(({ personIds, topic, severity, subject, template, words, onceKey }) =>
      [...new Set(personIds)].map((person_id) => ({
        message_id: ctx.newId(),
        once_key: onceKey,
        person_id,
        topic,
        severity,
        subject_kind: subject.kind,
        subject_id: subject.id,
        template,
        words,
        created_at: now,
        plan_at: now,
      })),
    ),
  );
}

export { planMessages } from "./plan.ts";
export { sendMessages } from "./send.ts";
export type { TemplateName } from "./templates.ts";
