import type { Refusal } from "./refusal.ts";

/** What fire stations, rosters, duty and messages can refuse. */
export const dutyRefusals = {
  "fire_station.not_found": {
    status: 404,
    "zh-CN": "没有这个消防站，请刷新列表",
    en: "There is no such fire station: reload the list",
  },
  "fire_station.area_unsound": {
    status: 409,
    "zh-CN": "责任区域的边界自相交，请重新画",
    en: "The outline of the area crosses itself: draw it again",
  },
  "fire_station.not_a_member": {
    status: 404,
    "zh-CN": "此人不属于这个消防站，请刷新页面",
    en: "This person does not belong to the station: reload the page",
  },
  "fire_station.not_station_staff": {
    status: 409,
    "zh-CN": "只有本站所在区划的消防站人员可以加入，请先授予角色",
    en: "Only station staff of the station's region can join: give the role first",
  },
  "fire_station.member_elsewhere": {
    status: 409,
    "zh-CN": "此人属于另一个消防站，请先从那里移出",
    en: "This person belongs to another station: remove him there first",
  },
  "roster.shift_not_found": {
    status: 404,
    "zh-CN": "没有这个班次，请刷新页面",
    en: "There is no such shift: reload the page",
  },
  "roster.exception_not_found": {
    status: 404,
    "zh-CN": "没有这条调班记录，请刷新页面",
    en: "There is no such exception: reload the page",
  },
  "roster.days_reversed": {
    status: 409,
    "zh-CN": "结束日期不能早于开始日期",
    en: "The last day cannot be before the first",
  },
  "duty.no_station": {
    status: 409,
    "zh-CN": "您还不属于任何消防站，请联系管理人员",
    en: "You belong to no fire station yet: ask who manages it",
  },
  "duty.not_on": {
    status: 409,
    "zh-CN": "您现在不在岗，请刷新页面",
    en: "You are not on duty now: reload the page",
  },
  "message.not_found": {
    status: 404,
    "zh-CN": "没有这条消息，请刷新列表",
    en: "There is no such message: reload the list",
  },
  "push.not_configured": {
    status: 409,
    "zh-CN": "平台未启用推送，请联系管理人员",
    en: "Push is not set up on this platform: ask who runs it",
  },
  "push.address_refused": {
    status: 409,
    "zh-CN": "浏览器的推送地址不可用，请换一个浏览器",
    en: "The browser's push address cannot be used: try another browser",
  },
  "email.not_configured": {
    status: 409,
    "zh-CN": "平台未启用邮件，请联系管理人员",
    en: "Mail is not set up on this platform: ask who runs it",
  },
  "email.code_wrong": {
    status: 409,
    "zh-CN": "验证码不正确或已过期，请重新获取",
    en: "The code is wrong or too old: ask for a new one",
  },
  "email.too_soon": {
    status: 409,
    "zh-CN": "刚刚发过验证码，请稍后再试",
    en: "A code was sent just now: try again in a minute",
  },
  "email.not_sent": {
    status: 409,
    "zh-CN": "邮件没有发出，请检查地址后重试",
    en: "The mail did not go out: check the address and try again",
  },
} as const satisfies Record<string, Refusal>;
