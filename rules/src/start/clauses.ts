import type { LawClause } from "../clause.ts";

/** Fire Protection Law Art. 21: who welds must hold a certificate. Known from cases that cite it; text not read. */
export const fireLaw21: LawClause = {
  kind: "law",
  source: { zh: "中华人民共和国消防法", en: "Fire Protection Law of the PRC" },
  article: "21",
  verified: false,
};
