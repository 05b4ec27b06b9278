import type { RetrofitCampaignDetail, RetrofitFigures } from "@hanyouxu/api";
import type { SheetToWrite } from "../../sheets/write-xlsx.ts";
import { shanghaiTime } from "../exports/exports.ts";

const FIGURES = [
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

/** Heads of the list of installations, with their widths in characters. */
const INSTALLATION = [
  ["开始时间", 18],
  ["完成时间", 18],
  ["状态", 10],
  ["区域", 16],
  ["单位", 34],
  ["焊机", 24],
  ["型号", 18],
  ["设备码", 30],
  ["焊之芯", 40],
] as const;

/** Progress by township and every installation, as two sheets. */
export function campaignSheets(
  campaign: RetrofitCampaignDetail,
  installations: readonly ExportedInstallation[],
): SheetToWrite[] {
  const figuresOf = (figures: RetrofitFigures) => FIGURES.map(([key]) => figures[key]);
  return [
    {
      name: "进度",
      widths: [16, ...FIGURES.map(() => 12)],
      rows: [
        ["区域", ...FIGURES.map(([, word]) => word)],
        ...campaign.townships.map((township) => [township.regionName, ...figuresOf(township)]),
        ["合计", ...figuresOf(campaign.totals)],
      ],
    },
    {
      name: "安装记录",
      widths: INSTALLATION.map(([, width]) => width),
      rows: [
        INSTALLATION.map(([head]) => head),
        ...installations.map((row) => [
          shanghaiTime(row.startedAt.toISOString()),
          shanghaiTime(row.endedAt?.toISOString() ?? null),
          STATUS[row.status],
          row.regionName,
          row.enterpriseName,
          row.machineName,
          row.model,
          row.machineCode,
          row.chipId,
        ]),
      ],
    },
  ];
}
