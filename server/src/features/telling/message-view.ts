import type { Language, Message, ToldMessage } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import type { MessageRow } from "./queries.ts";
import { render } from "./render.ts";
import type { selectTold } from "./told-queries.ts";

export function messageOf(row: MessageRow, language: Language): Message {
  return {
    messageId: row.message_id,
    topic: row.topic,
    severity: row.severity,
    subject: { kind: row.subject_kind, id: row.subject_id },
    ...render(row.template, row.words, language),
    createdAt: row.created_at.toISOString(),
    openedAt: row.opened_at?.toISOString() ?? null,
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
  };
}

export function toldMessageOf(
  { personalData }: Pick<AppContext, "personalData">,
  row: Awaited<ReturnType<typeof selectTold>>[number],
  language: Language,
): ToldMessage {
  return {
    ...messageOf(row, language),
    personName: maskName(personalData.open("name", row.name_ciphertext)),
    stage:
      row.planned_at === null
        ? "waiting"
        : row.gathered_in !== null
          ? "gathered"
          : row.channel_count === 0
            ? "in-app"
            : "out",
    deliveries: row.deliveries,
  };
}
