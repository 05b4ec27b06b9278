import type { Refusal } from "./refusal.ts";

/** What bulk imports and exports can refuse. */
export const importRefusals = {
  "import.not_found": {
    status: 404,
    "zh-CN": "没有找到这次导入，请刷新列表",
    en: "There is no such import: reload the list",
  },
  "import.file_empty": {
    status: 400,
    "zh-CN": "文件是空的，请选择填写好的 xlsx 或 csv 文件",
    en: "The file is empty: choose a filled-in xlsx or csv file",
  },
  "import.file_type": {
    status: 415,
    "zh-CN": "只能导入 xlsx 或 csv 文件；旧版 xls 请在表格软件中另存为 xlsx",
    en: "Only xlsx and csv files can be imported; save an old xls file as xlsx",
  },
  "import.not_checked": {
    status: 409,
    "zh-CN": "这次导入现在不能执行：须先完成检查，且只能执行一次",
    en: "This import cannot be applied now: it must have been checked, and it is applied only once",
  },
  "import.has_bad_rows": {
    status: 409,
    "zh-CN": "有错误行，不能整批导入：请改正后重新上传，或选择跳过错误行",
    en: "Some rows are bad, so all cannot go in: correct and upload again, or choose to skip bad rows",
  },
  "import.nothing_good": {
    status: 409,
    "zh-CN": "没有可以导入的行，请按错误提示改正后重新上传",
    en: "There is no row to take in: correct the file as the errors say and upload it again",
  },
  "import.over": {
    status: 409,
    "zh-CN": "这次导入已经结束，不能取消",
    en: "This import is over and cannot be cancelled",
  },
  "import.too_many": {
    status: 409,
    "zh-CN": "您还有未完成的导入正在检查，请等它完成或取消后再上传",
    en: "Other imports of yours are being checked: wait for them or cancel them before uploading more",
  },
  "import.file_gone": {
    status: 409,
    "zh-CN": "上传的文件已按期删除，不能再下载；错误列表仍可查看",
    en: "The uploaded file was deleted when its time was over; the list of errors is still there",
  },
  "export.too_many_rows": {
    status: 409,
    "zh-CN": "符合条件的记录超过 50000 条，请先筛选再导出",
    en: "More than 50,000 rows match: narrow the filters and export again",
  },
} as const satisfies Record<string, Refusal>;
