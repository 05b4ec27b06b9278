import type { RetrofitCampaignDetail, RetrofitFigures } from "@hanyouxu/api";
import writeXlsxFile, { type SheetData } from "write-excel-file/node";

const COLUMNS = [
  ["targetMachines", "计划焊机"],
  ["allocated", "领取芯片"],
  ["inStock", "在库"],
  ["started", "已开装"],
  ["tested", "测试通过"],
  ["fitted", "已启用"],
  ["failed", "测试未过"],
  ["returned", "退回"],
  ["defective", "故障"],
] as const satisfies [keyof RetrofitFigures, string][];

export interface ExportedInstallation {
  startedAt: Date;
  endedAt: Date | null;
  status: "open" | "in-service" | "abandoned";
  regionName: string | null;
  enterpriseName: string | null;
  machineName: string | null;
  model: string | null;
  machineCode: string | null;
  chipId: string;
}

const STATUS = { open: "安装中", "in-service": "已启用", abandoned: "已放弃" } as const;
const INSTALLATION_COLUMNS = [
  "开始时间",
  "完成时间",
  "状态",
  "区域",
  "单位",
  "焊机",
  "型号",
  "设备码",
  "焊之芯",
] as const;

const head = (value: string) => ({ value, fontWeight: "bold" as const });
const DATE = "yyyy-mm-dd hh:mm";

/** Spreadsheets have no time zones: what is written is the time of Asia/Shanghai. */
function shanghai(at: Date | null) {
  return at && { value: new Date(at.getTime() + 8 * 3_600_000), type: Date, format: DATE };
}

/** Progress by township and every installation, as an xlsx workbook of two sheets. */
export async function campaignWorkbook(
  campaign: RetrofitCampaignDetail,
  installations: readonly ExportedInstallation[],
): Promise<Buffer> {
  const figuresOf = (row: RetrofitFigures) => COLUMNS.map(([key]) => row[key]);
  const progress: SheetData = [
    [head("区域"), ...COLUMNS.map(([, word]) => head(word))],
    ...campaign.townships.map((township) => [township.regionName, ...figuresOf(township)]),
    [head("合计"), ...figuresOf(campaign.totals)],
  ];
  const list: SheetData = [
    INSTALLATION_COLUMNS.map(head),
    ...installations.map((row) => [
      shanghai(row.startedAt),
      shanghai(row.endedAt),
      STATUS[row.status],
      row.regionName,
      row.enterpriseName,
      row.machineName,
      row.model,
      row.machineCode,
      row.chipId,
    ]),
  ];
  return await writeXlsxFile([
    { data: progress, sheet: "进度" },
    { data: list, sheet: "安装记录" },
  ]).toBuffer();
}
