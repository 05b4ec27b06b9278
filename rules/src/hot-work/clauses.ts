import type { LawClause } from "../clause.ts";

/** Read in full in a copy of the text; in force since 2022-10-01. */
export function gb30871(article: string): LawClause {
  return {
    kind: "law",
    source: {
      zh: "GB 30871-2022 危险化学品企业特殊作业安全规范",
      en: "GB 30871-2022, special work in hazardous-chemical firms",
    },
    article,
    verified: true,
  };
}

/** Order 61 of the Ministry of Public Security; articles 20 and 25 read in a copy; in force since 2002-05-01. */
export function order61(article: "20" | "25"): LawClause {
  return {
    kind: "law",
    source: {
      zh: "公安部令第61号 机关、团体、企业、事业单位消防安全管理规定",
      en: "Order No. 61 of the Ministry of Public Security, fire safety management of units",
    },
    article,
    verified: true,
  };
}

export const notice12: LawClause = unread("安委〔2024〕12号", "notice An Wei [2024] No. 12");
export const gb50720: LawClause = unread(
  "GB 50720-2011 建设工程施工现场消防安全技术规范",
  "GB 50720-2011, fire safety of building sites",
);
export const gb9448Of1999: LawClause = {
  ...unread("GB 9448-1999 焊接与切割安全", "GB 9448-1999, safety in welding and cutting"),
  article: "6.4.2",
};
/** Took the place of the 1999 edition on 2026-08-01; that it keeps the 10 m is not known. */
export const gb9448Of2025: LawClause = unread(
  "GB 9448-2025 焊接与切割安全",
  "GB 9448-2025, safety in welding and cutting",
);
export const osha: LawClause = {
  ...unread("美国 29 CFR 1910.252", "29 CFR 1910.252 (OSHA)"),
  article: "(a)",
};
export const nfpa51b: LawClause = unread("美国 NFPA 51B-2019", "NFPA 51B-2019");
export const nfpa51bWatch: LawClause = { ...nfpa51b, article: "5.6.1.1" };
export const ukJointCode: LawClause = unread(
  "英国《施工现场防火联合规范》第10版",
  "UK Joint Code of Practice, Fire Prevention on Construction Sites, 10th edition",
);

/** The official text has not been read by us: a pointer, not a quotation. */
function unread(zh: string, en: string): LawClause {
  return { kind: "law", source: { zh, en }, article: null, verified: false };
}
