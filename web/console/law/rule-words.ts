import type { LawRule } from "@hanyouxu/api";

/** A rule's title with its blanks left open, as before anybody has a case. */
export function openTitle(title: string): string {
  return title.replace(/\{\w+\}/g, "…");
}

/** Names a rule in an address. */
export function ruleAddress({ pack, ruleId }: Pick<LawRule, "pack" | "ruleId">): string {
  return `${pack}/${ruleId}`;
}
