import type { Refusal } from "./refusal.ts";

/** What inspections after gas cuts can refuse. */
export const gasRefusals = {
  "gas_inspection.no_cut": {
    status: 409,
    "zh-CN": "这台焊机没有待检查的气体断电；若芯片刚断电，请等它联网上报后再提交",
    en: "No gas cut of this machine waits for an inspection; if its chip has just cut, wait until it has reported",
  },
} as const satisfies Record<string, Refusal>;
