import { industrySections, type Language } from "@hanyouxu/api";
import { alarmKinds, alarmKindTable, creditCauses, creditCauseTitle } from "@hanyouxu/rules";
import { measures } from "../statistics/statistics.ts";

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
  "alarm-called": {
    "zh-CN": {
      title: "无人确认，呼叫您：{kind:alarm}",
      body: "{machine}，{place}（{station}）。此前被呼叫的人员未确认，请打开处置。",
    },
    en: {
      title: "Unanswered, you are called: {kind:alarm}",
      body: "{machine}, {place} ({station}). Those called before have not acknowledged it: open it and act.",
    },
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
  "rectification-extension-asked": {
    "zh-CN": { title: "申请延期整改", body: "{firm} 申请把 {number} 延期到 {day}，请答复。" },
    en: { title: "More time asked for", body: "{firm} asks for {number} to end {day}: answer it." },
  },
  "rectification-extended": {
    "zh-CN": { title: "同意延期整改", body: "{firm}：{number} 的期限改为 {day}。" },
    en: { title: "More time granted", body: "{firm}: {number} now ends {day}." },
  },
  "rectification-extension-refused": {
    "zh-CN": { title: "不同意延期整改", body: "{firm}：{number} 的期限仍为 {day}，请按期整改。" },
    en: { title: "More time refused", body: "{firm}: {number} still ends {day}." },
  },
  "rectification-answered": {
    "zh-CN": { title: "整改待复查", body: "{firm} 已提交 {number}，请在 {day} 前复查。" },
    en: { title: "To be re-inspected", body: "{firm} has handed in {number}: re-inspect by {day}." },
  },
  "rectification-returned": {
    "zh-CN": { title: "复查未通过", body: "{firm}：{number} 还有问题，请在 {day} 前再次整改。" },
    en: {
      title: "Re-inspection failed",
      body: "{firm}: {number} is not in order yet. Rectify again by {day}.",
    },
  },
  "rectification-passed": {
    "zh-CN": { title: "复查通过", body: "{firm}：{number} 已通过复查。" },
    en: { title: "Re-inspection passed", body: "{firm}: {number} has passed." },
  },
  "rectification-cancelled": {
    "zh-CN": { title: "整改通知已撤销", body: "{firm}：{number} 已撤销。" },
    en: { title: "Order taken back", body: "{firm}: {number} is taken back." },
  },
  "rectification-overdue": {
    "zh-CN": { title: "整改逾期", body: "{firm}：{number} 应在 {day} 前完成，现已逾期。" },
    en: { title: "Order overdue", body: "{firm}: {number} was to be done by {day}." },
  },
  "rectification-not-reinspected": {
    "zh-CN": { title: "未按时复查", body: "{firm}：{number} 应在 {day} 前复查，现由您这一级跟进。" },
    en: {
      title: "Not re-inspected in time",
      body: "{firm}: {number} was to be re-inspected by {day}. It is yours now.",
    },
  },
  "credit-taken": {
    "zh-CN": { title: "信用分扣 {points} 分", body: "原因：{cause:creditCause}。如有异议可在期限内申诉。" },
    en: { title: "{points} credit points taken", body: "For: {cause:creditCause}. You may appeal in time." },
  },
  "credit-given": {
    "zh-CN": { title: "信用分加 {points} 分", body: "原因：{cause:creditCause}。" },
    en: { title: "{points} credit points given", body: "For: {cause:creditCause}." },
  },
  "credit-returned": {
    "zh-CN": { title: "信用分恢复 {points} 分", body: "扣分已满恢复期限。" },
    en: { title: "{points} credit points are back", body: "The time that the rules say has passed." },
  },
  "appeal-made": {
    "zh-CN": { title: "新的申诉", body: "有人对{subject:appealSubject}提出申诉，请按期处理。" },
    en: { title: "New appeal", body: "Somebody appeals {subject:appealSubject}: decide it in time." },
  },
  "appeal-overdue": {
    "zh-CN": { title: "申诉逾期未处理", body: "对{subject:appealSubject}的申诉逾期，现由您这一级处理。" },
    en: {
      title: "Appeal overdue",
      body: "An appeal against {subject:appealSubject} was not decided in time.",
    },
  },
  "appeal-allowed": {
    "zh-CN": { title: "申诉成立", body: "您对{subject:appealSubject}的申诉成立，记录已撤销。" },
    en: {
      title: "Appeal allowed",
      body: "Your appeal against {subject:appealSubject} is allowed: it is undone.",
    },
  },
  "appeal-refused": {
    "zh-CN": { title: "申诉不成立", body: "您对{subject:appealSubject}的申诉不成立，请打开查看理由。" },
    en: { title: "Appeal refused", body: "Your appeal against {subject:appealSubject} is refused: see why." },
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
  "report-made": {
    "zh-CN": { title: "统计月报：{name}", body: "{place}，{month} 的月报已生成，请在控制台“统计”中下载。" },
    en: {
      title: "Monthly report: {name}",
      body: "{place}: that of {month} is made. Download it in the console under Statistics.",
    },
  },
  "figure-above": {
    "zh-CN": {
      title: "{measure:measure}超过 {threshold}",
      body: "{place}，{industry:industry}：{day} 到现在为 {value}。请在控制台“今日待办”中查看。",
    },
    en: {
      title: "More than {threshold}: {measure:measure}",
      body: "{place}, {industry:industry}: {value} on {day} so far. See the desk in the console.",
    },
  },
  "figure-below": {
    "zh-CN": {
      title: "{measure:measure}低于 {threshold}",
      body: "{place}，{industry:industry}：{day} 为 {value}。请在控制台“今日待办”中查看。",
    },
    en: {
      title: "Less than {threshold}: {measure:measure}",
      body: "{place}, {industry:industry}: {value} on {day}. See the desk in the console.",
    },
  },
  "figure-changed": {
    "zh-CN": {
      title: "{measure:measure}较上周变化 {change}",
      body: "{place}，{industry:industry}：截至 {day} 的 7 天为 {value}，此前 7 天为 {before}。",
    },
    en: {
      title: "Changed by {change} against last week: {measure:measure}",
      body: "{place}, {industry:industry}: {value} in the seven days to {day}, {before} in those before.",
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
  measure: Object.fromEntries(
    Object.entries(measures).map(([key, { title }]) => [key, { "zh-CN": title.zh, en: title.en }]),
  ),
  industry: Object.fromEntries([
    ["all", { "zh-CN": "全部行业", en: "all industries" }],
    ...industrySections.flatMap(({ code, divisions }) =>
      divisions.map(([digits, zh, en]) => [`${code}${digits}`, { "zh-CN": zh, en }]),
    ),
  ]),
  regionOrder: {
    stop: { "zh-CN": "全域停机", en: "stop all machines" },
    lock: { "zh-CN": "全域锁机", en: "lock all machines" },
    lift: { "zh-CN": "解除锁机", en: "lift the lock" },
  },
  creditCause: Object.fromEntries(
    creditCauses.map((cause) => {
      const { zh, en } = creditCauseTitle(cause);
      return [cause, { "zh-CN": zh, en }];
    }),
  ),
  appealSubject: {
    booking: { "zh-CN": "信用扣分", en: "points that were taken" },
    order: { "zh-CN": "整改通知", en: "an order to rectify" },
  },
  stationCause: {
    scene: { "zh-CN": "现场核查未通过", en: "the scene did not pass" },
    smoulder: { "zh-CN": "余火监护异常", en: "something is wrong in the smoulder watch" },
  },
};
