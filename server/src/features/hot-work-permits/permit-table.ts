import type { HotWorkPermit, HotWorkPermitStatus, Language } from "@hanyouxu/api";
import { type HotWorkGrade, hotWorkRegimeTitles, shanghaiOffsetMs, type Text } from "@hanyouxu/rules";
import type { ExportTable } from "../exports/exports.ts";

const statuses: Readonly<Record<HotWorkPermitStatus, Text>> = {
  draft: { zh: "草稿", en: "draft" },
  submitted: { zh: "待审批", en: "submitted" },
  approved: { zh: "已批准", en: "approved" },
  suspended: { zh: "已暂停", en: "suspended" },
  closed: { zh: "已关闭", en: "closed" },
  void: { zh: "已作废", en: "void" },
  rejected: { zh: "已驳回", en: "rejected" },
  expired: { zh: "已过期", en: "expired" },
};
const grades: Readonly<Record<HotWorkGrade, Text>> = {
  special: { zh: "特级", en: "special" },
  "grade-1": { zh: "一级", en: "grade 1" },
  "grade-2": { zh: "二级", en: "grade 2" },
};

/** The word of a status on papers and in files. */
export function statusWord(status: HotWorkPermitStatus): Text {
  return statuses[status];
}

export function gradeWord(grade: HotWorkGrade): Text {
  return grades[grade];
}

/** Permits as people take them away: in one language, names masked as on the screen. */
export function permitTable(permits: readonly HotWorkPermit[], language: Language): ExportTable {
  const pick = (zh: string, en: string) => (language === "en" ? en : zh);
  const word = ({ zh, en }: Text) => pick(zh, en);
  const time = (iso: string | null) =>
    iso && new Date(Date.parse(iso) + shanghaiOffsetMs).toISOString().slice(0, 16).replace("T", " ");
  return {
    list: "hot-work-permits",
    title: pick("动火作业票", "hot-work permits"),
    heads: [
      [pick("编号", "number"), 28],
      [pick("状态", "status"), 10],
      [pick("场所类别", "work regime"), 16],
      [pick("级别", "grade"), 8],
      [pick("区划代码", "region code"), 14],
      [pick("重点区域", "key area"), 24],
      [pick("用焊单位", "site owner"), 30],
      [pick("施工方", "contractor"), 30],
      [pick("焊工", "welder"), 10],
      [pick("焊机", "machine"), 24],
      [pick("作业内容", "work"), 30],
      [pick("动火部位", "place"), 24],
      [pick("有效期起", "valid from"), 18],
      [pick("有效期止", "valid to"), 18],
      [pick("审批时间", "approved at"), 18],
    ],
    rows: permits.map((permit) => [
      permit.permitNumber,
      word(statuses[permit.status]),
      word(hotWorkRegimeTitles[permit.regime]),
      permit.grade && word(grades[permit.grade]),
      permit.region,
      permit.keyAreaName,
      permit.siteOwnerName,
      permit.contractorName,
      permit.welderName,
      permit.machineName,
      permit.workDescription,
      permit.placeDescription,
      time(permit.validFrom ?? permit.plannedFrom),
      time(permit.validTo ?? permit.plannedTo),
      time(permit.approvedAt),
    ]),
  };
}
