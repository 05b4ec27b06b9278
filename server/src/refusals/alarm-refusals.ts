import type { AlarmRefusal } from "@hanyouxu/rules";
import type { Refusal } from "./refusal.ts";

const conflict = (zh: string, en: string) => ({ status: 409, "zh-CN": zh, en }) as const satisfies Refusal;

/** The words of the state machine's refusals; `alarm.` before each. */
const byState = {
  "alarm.over": conflict(
    "这条预警已经结束，请刷新页面；需要继续处理请先重新打开",
    "The alarm is over: reload the page, and reopen it to go on",
  ),
  "alarm.not-over": conflict(
    "这条预警还没有处置，请刷新页面",
    "The alarm is still being handled: reload the page",
  ),
  "alarm.order": conflict(
    "现在还不能做这一步，请刷新页面后按顺序处理",
    "This step is not next: reload the page and go on from where it stands",
  ),
  "alarm.not-yours": conflict(
    "这条预警已派给别人，请先改派给自己",
    "The alarm was given to somebody else: have it dispatched to you first",
  ),
  "alarm.still-active": conflict(
    "危险还没有解除：请先排除，或写明原因标记为误报",
    "What it is about is still there: remove it first, or mark it as a false alarm with the reason",
  ),
  "alarm.verified-by-handler": conflict(
    "危险级预警应由处置人以外的人核实，请交给其他人员",
    "A danger is verified by another person than handled it: ask a colleague",
  ),
  "alarm.not-live": conflict("这是历史记录，不需要处置", "This is history: nothing is to be done about it"),
} as const satisfies Record<`alarm.${AlarmRefusal}`, Refusal>;

/** What alarms can refuse. */
export const alarmRefusals = {
  ...byState,
  "alarm.not_found": {
    status: 404,
    "zh-CN": "没有这条预警，请刷新列表",
    en: "There is no such alarm: reload the list",
  },
  "alarm.open_again": conflict(
    "同一情况已有新的预警，请处理新的那条",
    "A newer alarm about the same is open: go on with that one",
  ),
  "alarm.same": conflict("请选择另一条预警", "Choose another alarm"),
  "alarm.assignee_out_of_reach": conflict(
    "所选人员或部门不负责这个区域，请重新选择",
    "The person or department does not answer for this region: choose another",
  ),
  "alarm_suppression.not_found": {
    status: 404,
    "zh-CN": "没有这个静默期，请刷新列表",
    en: "There is no such suppression window: reload the list",
  },
  "alarm_suppression.over": conflict(
    "静默期已经结束，请新建一个",
    "The suppression window is over: declare a new one",
  ),
  "alarm_suppression.end_passed": conflict(
    "结束时间已过，请填写将来的时间",
    "The end is over already: give one that is yet to come",
  ),
  "alarm_suppression.no_subject": conflict(
    "没有所选的区域、企业或焊机，请重新选择",
    "The region, enterprise or machine does not exist: choose again",
  ),
} as const satisfies Record<string, Refusal>;
