import type { ImportKind } from "@hanyouxu/api";
import {
  certificateFamilies,
  certificateItems,
  processTitles,
  type Text,
  weldingProcesses,
} from "@hanyouxu/rules";

/** One column of an import: what its head may be called and what belongs into it. */
export interface ImportColumn {
  key: string;
  title: Text;
  /** Without this column the file is refused. */
  isNeeded: boolean;
  note: Text;
  example: string;
  choices?: readonly string[];
  width: number;
}

/** What begins the first cell of an example row; such a row is never taken in. */
export const EXAMPLE_MARK = "【演示】";

export const familyTitles: Readonly<Record<(typeof certificateFamilies)[number], Text>> = {
  emergency: { zh: "应急管理", en: "emergency" },
  construction: { zh: "住房城乡建设", en: "construction" },
  "special-equipment": { zh: "市场监管", en: "special-equipment" },
};

const regionColumns: ImportColumn[] = [
  column("region", "区划代码", "region code", false, "330723100", 14, [
    "9 位乡镇代码或 6 位县区代码；与“乡镇（街道）”至少填一项",
    "9 digits of a township or 6 of a county; fill in this or the township",
  ]),
  column("township", "乡镇（街道）", "township", false, "", 16, [
    "名称须与平台区划一致；填了区划代码可不填",
    "as the platform calls it; not needed with a region code",
  ]),
];

const enterpriseUscc = (isNeeded: boolean, note: [string, string]) =>
  column("enterpriseUscc", "所属单位统一社会信用代码", "enterprise USCC", isNeeded, "", 26, note);

/** The columns of each kind, in the order of the template. */
export const importColumns: Readonly<Record<ImportKind, readonly ImportColumn[]>> = {
  enterprises: [
    column("name", "单位名称", "name", true, `${EXAMPLE_MARK}示例焊接厂`, 28, [
      "必填，不超过 100 字",
      "needed, at most 100 characters",
    ]),
    column("uscc", "统一社会信用代码", "USCC", true, "91350100M000100Y43", 24, [
      "必填，18 位（GB 32100）；按它认出已登记的单位",
      "needed, 18 characters (GB 32100); registered enterprises are recognised by it",
    ]),
    column("industry", "行业代码", "industry", false, "C33", 12, [
      "选填，GB/T 4754 代码，如 C33、C3311",
      "optional, a GB/T 4754 code such as C33 or C3311",
    ]),
    ...regionColumns,
  ],
  machines: [
    column("name", "焊机名称", "name", true, `${EXAMPLE_MARK}一号焊机`, 24, [
      "必填，不超过 100 字",
      "needed, at most 100 characters",
    ]),
    column("model", "型号", "model", true, "ZX7-400", 14, [
      "必填，按铭牌填写（GB/T 10249），如 ZX7-400",
      "needed, as on the plate (GB/T 10249), such as ZX7-400",
    ]),
    {
      ...column("process", "工艺", "process", true, processTitles.SMAW.zh, 20, [
        "必填，从列表选择",
        "needed, one of the list",
      ]),
      choices: weldingProcesses.map((process) => processTitles[process].zh),
    },
    enterpriseUscc(true, ["必填，单位须已登记", "needed; the enterprise must be registered"]),
    column("serialNumber", "出厂编号", "factory number", true, "2024-000123", 18, [
      "必填，同一单位内不得重复；按它认出已登记的焊机",
      "needed, unique within the enterprise; registered machines are recognised by it",
    ]),
    column("machineCode", "设备码", "machine code", false, "", 22, [
      "选填：已有设备码的焊机填写，用于更新；新焊机留空，由平台赋码",
      "optional: for machines that have a code, to update them; leave empty for new ones",
    ]),
    {
      ...column("isMobile", "流动焊机", "mobile", false, "否", 10, [
        "选填，是或否，默认否",
        "optional, yes or no",
      ]),
      choices: ["是", "否"],
    },
    ...regionColumns,
    column("longitude", "经度", "longitude", false, "119.8", 12, [
      "选填，WGS-84，73–136",
      "optional, WGS-84, 73–136",
    ]),
    column("latitude", "纬度", "latitude", false, "28.9", 12, [
      "选填，WGS-84，3–54",
      "optional, WGS-84, 3–54",
    ]),
  ],
  welders: [
    column("name", "姓名", "name", true, `${EXAMPLE_MARK}示例`, 14, ["必填", "needed"]),
    column("identityNumber", "身份证号", "identity number", true, "11010519491231002X", 24, [
      "必填，18 位（GB 11643），单元格须为文本；按它认出已登记的焊工",
      "needed, 18 characters (GB 11643), the cell must be text; registered welders are recognised by it",
    ]),
    column("phone", "手机号", "phone", false, "13900000000", 16, [
      "选填，11 位；已登记的手机号只能由本人变更",
      "optional, 11 digits; a registered phone is changed only by its owner",
    ]),
    ...regionColumns,
    enterpriseUscc(false, ["选填，单位须已登记", "optional; the enterprise must be registered"]),
    {
      ...column("family", "证书类别", "certificate family", false, familyTitles.emergency.zh, 16, [
        "发证部门；没有证书则六列都留空，多本证书填多行",
        "who issued it; leave all six columns empty without one, use a row for each certificate",
      ]),
      choices: certificateFamilies.map((family) => familyTitles[family].zh),
    },
    column("item", "作业项目", "item", false, "熔化焊接与热切割作业", 24, [
      `应急管理：${itemsOf("emergency")}；住房城乡建设：${itemsOf("construction")}；市场监管：TSG Z6002 项目代号`,
      "the item as printed; for special equipment the TSG Z6002 code",
    ]),
    column("certificateNumber", "证书编号", "certificate number", false, "T11010519491231002X", 26, [
      "按证书填写，单元格须为文本",
      "as printed, the cell must be text",
    ]),
    column("validFrom", "有效期起", "valid from", false, "2025-01-01", 14, [
      "如 2025-01-01",
      "such as 2025-01-01",
    ]),
    column("validTo", "有效期止", "valid to", false, "2030-12-31", 14, ["当日有效", "that day included"]),
    column("reviewDueOn", "复审日期", "review due", false, "2027-12-31", 14, ["选填", "optional"]),
  ],
};

function itemsOf(family: string): string {
  return certificateItems
    .filter((item) => item.family === family)
    .map(({ title }) => title.zh)
    .join("、");
}

function column(
  key: string,
  zh: string,
  en: string,
  isNeeded: boolean,
  example: string,
  width: number,
  [noteZh, noteEn]: [string, string],
): ImportColumn {
  return { key, title: { zh, en }, isNeeded, note: { zh: noteZh, en: noteEn }, example, width };
}
