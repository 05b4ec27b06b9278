import type { Refusal } from "./refusal.ts";

/** What labels, campaigns and installations can refuse. */
export const retrofitRefusals = {
  "machine_code.void": {
    status: 404,
    "zh-CN": "这张标签已作废，请勿使用；请扫焊机上的新标签，没有新标签请联系安装员补打",
    en: "This label is void: scan the machine's new label, or ask an installer to print one",
  },
  "machine_code.blank": {
    status: 404,
    "zh-CN": "这张标签还没有绑定焊机，请由安装员完成加芯赋码后再使用",
    en: "This label is on no machine yet: an installer has to finish fitting first",
  },
  "label.not_found": {
    status: 404,
    "zh-CN": "没有这张标签，请核对设备码",
    en: "There is no such label: check the code",
  },
  "label.void_already": {
    status: 409,
    "zh-CN": "这张标签早已作废，无需再次作废",
    en: "This label is void already",
  },
  "label.bound_already": {
    status: 409,
    "zh-CN": "这张标签已用于另一台焊机，请换一张空白标签",
    en: "This label is on another machine: take a blank one",
  },
  "label_batch.not_found": {
    status: 404,
    "zh-CN": "没有这批标签，请刷新列表",
    en: "There is no such batch of labels: reload the list",
  },
  "campaign.not_found": {
    status: 404,
    "zh-CN": "没有这个加芯批次，请刷新列表",
    en: "There is no such campaign: reload the list",
  },
  "campaign.closed": {
    status: 409,
    "zh-CN": "这个加芯批次已结束，请选择进行中的批次",
    en: "This campaign is closed: choose an open one",
  },
  "campaign.not_assigned": {
    status: 403,
    "zh-CN": "您没有被安排到这个加芯批次，请联系监管人员",
    en: "You are not assigned to this campaign: ask the regulator",
  },
  "campaign.township_outside": {
    status: 409,
    "zh-CN": "所选区域不在这个批次的范围内，请重新选择",
    en: "That region is outside the campaign: choose another",
  },
  "chip_stock.short": {
    status: 409,
    "zh-CN": "库存不足，请减少数量或先入库、领取",
    en: "There is not that much in stock: move fewer, or receive and allocate first",
  },
  "installer.not_found": {
    status: 404,
    "zh-CN": "所选人员不是本区域的安装员，请重新选择",
    en: "That person is no installer of this region: choose another",
  },
  "installation.not_found": {
    status: 404,
    "zh-CN": "没有这次安装记录，请返回列表",
    en: "There is no such installation: go back to the list",
  },
  "installation.ended": {
    status: 409,
    "zh-CN": "这次安装已经结束，不能再修改",
    en: "This installation has ended and cannot be changed",
  },
  "installation.step_missing": {
    status: 409,
    "zh-CN": "前面的步骤还没有完成，请按顺序操作",
    en: "An earlier step is not done yet: go in order",
  },
  "installation.chip_in_use": {
    status: 409,
    "zh-CN": "这枚焊之芯正由他人安装或已装在焊机上，请换一枚",
    en: "This chip is being fitted by somebody else or is on a machine: take another",
  },
  "installation.chip_unfit": {
    status: 409,
    "zh-CN": "这枚焊之芯已登记为故障、已吊销或属于其他批次，请换一枚",
    en: "This chip is defective, revoked or another campaign's: take another",
  },
  "installation.machine_busy": {
    status: 409,
    "zh-CN": "这台焊机正在安装或正在作业，请稍后再试",
    en: "This machine is being fitted or at work: try again later",
  },
  "installation.chip_offline": {
    status: 409,
    "zh-CN": "焊之芯还没有上线：请检查供电、天线和信号，等它上线后再测试",
    en: "The chip is not online: check its power, antenna and signal, and test when it is",
  },
  "photo.invalid": {
    status: 400,
    "zh-CN": "图片无法识别：请上传 JPEG、PNG 或 WebP 图片，不超过 1 MB",
    en: "This is no picture that we know: send JPEG, PNG or WebP of at most 1 MB",
  },
  "photo.too_many": {
    status: 409,
    "zh-CN": "照片已达 12 张，无需再传",
    en: "There are 12 photos already: no more are needed",
  },
  "photo.not_found": {
    status: 404,
    "zh-CN": "没有这张照片，请刷新页面",
    en: "There is no such photo: reload the page",
  },
} as const satisfies Record<string, Refusal>;
