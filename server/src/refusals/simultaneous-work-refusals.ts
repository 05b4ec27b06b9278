import type { Refusal } from "./refusal.ts";

/** What declaring work beside hot work, and answering for conflicts, can refuse. */
export const simultaneousWorkRefusals = {
  "other_work.not_found": {
    status: 404,
    "zh-CN": "没有这项作业申报，请刷新列表",
    en: "There is no such declared work: reload the list",
  },
  "other_work.time_over": {
    status: 409,
    "zh-CN": "作业时间已经过去，请填写将来的结束时间",
    en: "The time is over already: give an end that is yet to come",
  },
  "other_work.over": {
    status: 409,
    "zh-CN": "这项作业已经结束，请刷新页面",
    en: "This work is over already: reload the page",
  },
  "other_work.area_too_large": {
    status: 409,
    "zh-CN": "这个重点区域太大，请在地图上选择具体位置",
    en: "This key area is too large to be the place: pick the place on the map",
  },
  "other_work.place_outside_area": {
    status: 409,
    "zh-CN": "所选位置不在这个重点区域内，请重新选择位置或区域",
    en: "The place is not in the key area: pick the place or the area again",
  },
  "work_conflict.not_found": {
    status: 404,
    "zh-CN": "没有这条作业冲突，请刷新列表",
    en: "There is no such conflict of works: reload the list",
  },
  "work_conflict.cleared": {
    status: 409,
    "zh-CN": "冲突已经解除，请刷新页面",
    en: "The conflict is cleared: reload the page",
  },
  "work_conflict.acknowledged": {
    status: 409,
    "zh-CN": "贵单位已经确认过，请刷新页面",
    en: "Your firm has acknowledged it already: reload the page",
  },
} as const satisfies Record<string, Refusal>;
