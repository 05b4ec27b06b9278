import type { Text } from "./text.ts";

/** A clause of a law, order or standard. */
export interface LawClause {
  kind: "law";
  source: Text;
  /** Null while we only know the document, not the article. */
  article: string | null;
  /** The clause's own words, only when read in the official text. */
  text?: string;
  url?: string;
  /** False: the official text has not been read by us; treat the citation as a pointer, not as a quotation. */
  verified: boolean;
}

/** Not law: a decision of whoever runs the platform in the region. */
export interface PolicyClause {
  kind: "policy";
  source: Text;
  article: null;
  /** The policy values that settle the rule, empty when it has none. */
  policyKeys: readonly string[];
  /** False: a number of the platform's own that no authority has confirmed. */
  verified: boolean;
}

export type Clause = LawClause | PolicyClause;

/** A clause that rests on platform policy only. */
export function platformPolicy(...policyKeys: string[]): PolicyClause {
  return {
    kind: "policy",
    source: { zh: "平台规定", en: "platform policy" },
    article: null,
    policyKeys,
    verified: true,
  };
}
