import type { CivilDay } from "./civil-day.ts";
import type { Clause, LawClause } from "./clause.ts";
import type { Text } from "./text.ts";

/** The three issuers of welding certificates in China; their certificates do not stand in for each other on paper. */
export const certificateFamilies = ["emergency", "construction", "special-equipment"] as const;

export type CertificateFamily = (typeof certificateFamilies)[number];

export interface CertificateFamilyEntry {
  title: Text;
  /** Printed validity in years, and after how many years a periodic review is due (null: none). For entry forms. */
  validYears: number;
  reviewEveryYears: number | null;
  /** Whether the printed last day still counts when the certificate itself does not say. */
  lastDayCounts: boolean;
  /** Legal bases of validity and review, by the Shanghai day from which (until which) each is in force. */
  bases: readonly { clause: LawClause; from: CivilDay | null; to: CivilDay | null }[];
}

/** Validity figures and documents as collected; none of the official texts has been read by us. */
export const certificateFamilyTable: Readonly<Record<CertificateFamily, CertificateFamilyEntry>> = {
  emergency: {
    title: { zh: "特种作业操作证（应急管理）", en: "special-operation certificate (emergency management)" },
    validYears: 6,
    reviewEveryYears: 3,
    lastDayCounts: true,
    bases: [
      {
        clause: unread("国家安全生产监督管理总局令第30号", "Order No. 30 on special-operation workers"),
        from: null,
        to: "2026-05-31",
      },
      {
        clause: unread(
          "应急管理部令第19号",
          "Order No. 19 of the Ministry of Emergency Management",
          "https://www.mem.gov.cn/gk/zfxxgkpt/fdzdgknr/gz11/202512/t20251219_589223.shtml",
        ),
        from: "2026-06-01",
        to: null,
      },
    ],
  },
  construction: {
    title: {
      zh: "建筑施工特种作业操作资格证（住建）",
      en: "construction special-operation qualification (housing)",
    },
    validYears: 2,
    reviewEveryYears: null,
    lastDayCounts: true,
    bases: [
      {
        clause: unread(
          "住房和城乡建设主管部门关于该证有效期的规定",
          "the housing authority's rules on this certificate",
        ),
        from: null,
        to: null,
      },
    ],
  },
  "special-equipment": {
    title: { zh: "特种设备安全管理和作业人员证（市场监管）", en: "special-equipment operator certificate" },
    validYears: 4,
    reviewEveryYears: null,
    // A certificate of this family prints both days and counts both: 2019-07-25 to 2023-07-24, four years inclusive.
    lastDayCounts: true,
    bases: [{ clause: unread("TSG Z6002 特种设备焊接操作人员考核细则", "TSG Z6002"), from: null, to: null }],
  },
};

/** The legal basis of a family's validity and review on a Shanghai day. */
export function certificateBasis(family: CertificateFamily, day: CivilDay): Clause {
  const { bases } = certificateFamilyTable[family];
  const inForce = bases.find(({ from, to }) => (from === null || from <= day) && (to === null || day <= to));
  return (inForce ?? bases[bases.length - 1]!).clause;
}

function unread(zh: string, en: string, url?: string): LawClause {
  const clause: LawClause = { kind: "law", source: { zh, en }, article: null, verified: false };
  return url ? { ...clause, url } : clause;
}
