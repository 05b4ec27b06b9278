import type { rectificationRoutes, SentBody } from "@hanyouxu/api";
import { instantOfInput } from "../../ui/format.ts";

/** One thing that is wrong, as the form holds it: a known clause, or one that is typed. */
export interface ItemField {
  what?: string;
  /** The place of a known clause in the platform's list. */
  known?: string;
  source?: string;
  article?: string;
}

export interface OrderFields {
  enterpriseId?: string;
  source: "alarm" | "inspection" | "free";
  severity: "danger" | "warning" | "notice";
  title: string;
  dueAt?: string;
  /** An officer of the firm; none: all of them. */
  answerablePersonId?: string;
  machineIds: string[];
  items: ItemField[];
}

export const emptyOrder: OrderFields = {
  source: "inspection",
  severity: "warning",
  title: "",
  machineIds: [],
  items: [{}],
};

type Body = SentBody<typeof rectificationRoutes.issueRectification>;

/** What is sent; a known clause goes by its source and article, which the select holds as one text. */
export function bodyOf(fields: OrderFields, alarmId: string | null): Body {
  const due = fields.dueAt ? instantOfInput(fields.dueAt) : null;
  return {
    enterpriseId: fields.enterpriseId ?? "",
    source: fields.source,
    alarmId,
    severity: fields.severity,
    title: fields.title,
    machineIds: fields.machineIds,
    answerablePersonId: fields.answerablePersonId ?? null,
    items: fields.items.map(({ what = "", known, source, article }) => ({
      what,
      clause: known
        ? (JSON.parse(known) as { source: string; article: string | null })
        : source
          ? { source, article: article || null }
          : null,
    })),
    ...(due ? { dueAt: due } : {}),
  };
}
