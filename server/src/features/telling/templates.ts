import type { Language } from "@hanyouxu/api";
import { alarmKinds, alarmKindTable } from "@hanyouxu/rules";

interface TemplateText {
  title: string;
  body: string;
}

type Template = Readonly<Record<Language, TemplateText>>;

/**
 * Everything that people are told by message, in both languages. `{place}` stands for a word of the message, `{kind:alarm}`
 * for the text of such a word in a vocabulary below. Words name machines, firms and places, never people.
 */
export const templates = {
  "alarm-raised": {
    "zh-CN": { title: "预警：{kind:alarm}", body: "{machine}，{place}。请打开查看并处置。" },
    en: { title: "Alarm: {kind:alarm}", body: "{machine}, {place}. Open it and act." },
  },
  "alarm-dispatched": {
    "zh-CN": { title: "派单：{kind:alarm}", body: "{machine}，{place}。请接单并处置。" },
    en: { title: "Dispatched: {kind:alarm}", body: "{machine}, {place}. Accept it and act." },
  },
  "alarm-escalated": {
    "zh-CN": {
      title: "预警升级：{kind:alarm}",
      body: "{machine}，{place}。时限内无人处置，现由您这一级跟进。",
    },
    en: {
      title: "Escalated: {kind:alarm}",
      body: "{machine}, {place}. Nobody has acted in time: it is yours now.",
    },
  },
  "alarm-handed-over": {
    "zh-CN": { title: "移交：{kind:alarm}", body: "{machine}，{place}。已移交给您，请接单。" },
    en: {
      title: "Handed over: {kind:alarm}",
      body: "{machine}, {place}. It is handed over to you: accept it.",
    },
  },
  "alarm-help": {
    "zh-CN": { title: "请求支援：{kind:alarm}", body: "{machine}，{place}。现场人员请求支援。" },
    en: { title: "Help asked for: {kind:alarm}", body: "{machine}, {place}. Those on site ask for help." },
  },
  "alarm-closed": {
    "zh-CN": { title: "已闭环：{kind:alarm}", body: "{machine}，{place}。处置完成。" },
    en: { title: "Closed: {kind:alarm}", body: "{machine}, {place}. It has been handled." },
  },
  "rectification-due": {
    "zh-CN": { title: "整改通知", body: "{firm}：请在 {day} 前完成整改并上传结果。" },
    en: { title: "Order to rectify", body: "{firm}: rectify and upload the result by {day}." },
  },
  "station-called": {
    "zh-CN": { title: "消防站呼叫", body: "{area}：{cause:stationCause}。请接单并前往现场。" },
    en: { title: "Station called", body: "{area}: {cause:stationCause}. Accept and go there." },
  },
  "duty-handover": {
    "zh-CN": { title: "交接班", body: "{station}：上一班已交班，请上岗并查看交班记录。" },
    en: {
      title: "Hand-over",
      body: "{station}: the shift before you has ended. Go on duty and read its note.",
    },
  },
  "region-order-asked": {
    "zh-CN": {
      title: "区域指令待确认：{order:regionOrder}",
      body: "{place}。须由第二人在 {minutes} 分钟内确认或驳回，请打开控制台查看。",
    },
    en: {
      title: "Region order to confirm: {order:regionOrder}",
      body: "{place}. A second person confirms or refuses it within {minutes} minutes: open the console.",
    },
  },
  digest: {
    "zh-CN": { title: "您有 {count} 条未读消息", body: "消息较多，已为您合并提醒。请打开应用查看。" },
    en: {
      title: "{count} messages not opened",
      body: "There were many, so they come as one. Open the app to read them.",
    },
  },
  "danger-digest": {
    "zh-CN": { title: "另有 {count} 条危险消息未读", body: "危险消息集中出现，请立即打开应用查看。" },
    en: {
      title: "{count} more dangers not opened",
      body: "Dangers come one after another. Open the app now.",
    },
  },
} as const satisfies Record<string, Template>;

export type TemplateName = keyof typeof templates;

/** Codes that stand in words, with their text. A code that is not here is shown as it is. */
export const vocabularies: Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<Language, string>>>>>
> = {
  alarm: Object.fromEntries(
    alarmKinds.map((kind) => {
      const { zh, en } = alarmKindTable[kind].title;
      return [kind, { "zh-CN": zh, en }];
    }),
  ),
  regionOrder: {
    stop: { "zh-CN": "全域停机", en: "stop all machines" },
    lock: { "zh-CN": "全域锁机", en: "lock all machines" },
    lift: { "zh-CN": "解除锁机", en: "lift the lock" },
  },
  stationCause: {
    scene: { "zh-CN": "现场核查未通过", en: "the scene did not pass" },
    smoulder: { "zh-CN": "余火监护异常", en: "something is wrong in the smoulder watch" },
  },
};
