import type { Refusal } from "./refusal.ts";

/** What the catalogue of models and the life of a machine can refuse. */
export const machineModelsRefusals = {
  "profile.not_found": {
    status: 404,
    "zh-CN": "没有这份适配方案，请刷新列表",
    en: "There is no such adaptation profile: reload the list",
  },
  "profile.changed_meanwhile": {
    status: 409,
    "zh-CN": "这份适配方案刚被别人修改，请刷新后再改",
    en: "Somebody has changed this profile meanwhile: reload it and edit again",
  },
  "picture.not_found": {
    status: 404,
    "zh-CN": "没有这张图片，请刷新页面",
    en: "There is no such picture: reload the page",
  },
  "machine.serial_number_taken": {
    status: 409,
    "zh-CN": "这个单位已有一台同出厂编号的焊机，请核对铭牌，或在焊机列表中找到那一台",
    en: "The enterprise already has a machine of this serial number: check the nameplate, or find that machine in the list",
  },
  "machine.owner_not_found": {
    status: 404,
    "zh-CN": "没有这个单位，请重新选择所属单位",
    en: "There is no such enterprise: choose the owner again",
  },
  "region.not_found": {
    status: 404,
    "zh-CN": "没有这个行政区划，请重新选择",
    en: "There is no such region: choose again",
  },
  "machine.scrapped": {
    status: 409,
    "zh-CN": "这台焊机已经报废，不能再变更；如属误操作，请重新登记一台",
    en: "This machine has been scrapped for good; if that was a mistake, register it anew",
  },
  "machine.step_out_of_order": {
    status: 409,
    "zh-CN": "焊机当前的登记状态不能做这一步，请刷新页面查看可做的操作",
    en: "The machine's status does not allow this step: reload the page to see what it allows",
  },
  "machine.at_work": {
    status: 409,
    "zh-CN": "焊机正在作业，请先停止作业再操作",
    en: "Somebody works with this machine: stop the work first",
  },
  "inspection.in_future": {
    status: 409,
    "zh-CN": "检验日期不能晚于今天，请核对",
    en: "The day of the inspection cannot be in the future: check it",
  },
  "transfer.not_found": {
    status: 404,
    "zh-CN": "没有这条过户记录，请刷新列表",
    en: "There is no such transfer: reload the list",
  },
  "transfer.not_open": {
    status: 409,
    "zh-CN": "这次过户已经处理过，请刷新列表",
    en: "This transfer has been decided already: reload the list",
  },
  "transfer.unknown_receiver": {
    status: 404,
    "zh-CN": "没有登记这个统一社会信用代码的单位，请核对代码，或请对方先登记",
    en: "No active enterprise has this credit code: check it, or have the other firm register first",
  },
  "transfer.same_owner": {
    status: 409,
    "zh-CN": "接收单位就是现在的所属单位，无需过户",
    en: "The receiving enterprise owns the machine already",
  },
  "transfer.already_offered": {
    status: 409,
    "zh-CN": "这台焊机已有待接收的过户，请先撤回或等对方处理",
    en: "This machine has been offered already: withdraw that offer or wait for the answer",
  },
} as const satisfies Record<string, Refusal>;
