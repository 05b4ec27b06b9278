import type { Refusal } from "./refusal.ts";

/** What orders to rectify, credit and appeals can refuse. */
export const rectificationRefusals = {
  "rectification.not_found": {
    status: 404,
    "zh-CN": "没有这份整改通知，请刷新列表",
    en: "There is no such order to rectify: reload the list",
  },
  "rectification.wrong_status": {
    status: 409,
    "zh-CN": "整改通知的状态已经变化，请刷新页面",
    en: "This order has changed meanwhile: reload the page",
  },
  "rectification.other_firm": {
    status: 409,
    "zh-CN": "预警或焊机不属于这家单位，请重新选择",
    en: "The alarm or a machine is not this firm's: choose again",
  },
  "rectification.not_an_officer": {
    status: 409,
    "zh-CN": "责任人不是这家单位的安全管理员，请重新选择",
    en: "Who answers for it is no officer of this firm: choose again",
  },
  "rectification.deadline_past": {
    status: 409,
    "zh-CN": "期限须晚于现在和原期限，请重新填写",
    en: "The deadline must lie after now and after the one that holds: choose a later one",
  },
  "rectification.items_open": {
    status: 409,
    "zh-CN": "还有整改项没有答复，请逐项答复后再提交",
    en: "Some items are not answered: answer each, then hand in",
  },
  "rectification.items_unknown": {
    status: 409,
    "zh-CN": "请对每个待复查的整改项填写结果",
    en: "Give a result for each item that waits for re-inspection, and for no other",
  },
  "rectification.item_not_open": {
    status: 409,
    "zh-CN": "这一项已经通过，不用再答复",
    en: "This item has passed and needs no answer",
  },
  "rectification.note_missing": {
    status: 409,
    "zh-CN": "未通过的项目请写明原因",
    en: "Say of each item that failed what is still wrong",
  },
  "rectification.extension_too_late": {
    status: 409,
    "zh-CN": "期限已过，不能再申请延期，请尽快整改并提交",
    en: "The deadline has passed, no more time can be asked for: rectify and hand in",
  },
  "rectification.extensions_used_up": {
    status: 409,
    "zh-CN": "本轮延期次数已用完",
    en: "This round has had all the extensions that the region grants",
  },
  "rectification.extension_open": {
    status: 409,
    "zh-CN": "已有一项延期申请等待答复",
    en: "An extension is asked for already and waits for the answer",
  },
  "rectification.no_extension": {
    status: 409,
    "zh-CN": "没有等待答复的延期申请，请刷新页面",
    en: "No extension waits for an answer: reload the page",
  },
  "machine.locked_by_rectification": {
    status: 409,
    "zh-CN": "焊机因整改逾期被锁定，复查通过后自动解锁",
    en: "An overdue order to rectify locks this machine: it is unlocked once the re-inspection has passed",
  },
  "credit.not_found": {
    status: 404,
    "zh-CN": "没有这名焊工或这家单位",
    en: "There is no such welder or firm",
  },
  "credit.no_rule": {
    status: 409,
    "zh-CN": "现行规则没有培训加分，请先发布规则",
    en: "The rules in force give nothing for training: publish rules first",
  },
  "credit.full": {
    status: 409,
    "zh-CN": "信用分已满，无需加分",
    en: "All points are there already",
  },
  "credit_rules.no_region": {
    status: 404,
    "zh-CN": "没有这个行政区划",
    en: "There is no such region",
  },
  "credit_rules.changed_meanwhile": {
    status: 409,
    "zh-CN": "规则已被他人更新，请刷新后再修改",
    en: "Somebody else has published rules meanwhile: reload and change those",
  },
  "credit_rules.invalid": {
    status: 400,
    "zh-CN": "规则有误，请检查标出的内容",
    en: "The rules have mistakes: see the marked fields",
  },
  "appeal.not_found": {
    status: 404,
    "zh-CN": "没有这项申诉，请刷新列表",
    en: "There is no such appeal: reload the list",
  },
  "appeal.subject_not_found": {
    status: 404,
    "zh-CN": "没有可以申诉的记录，请刷新页面",
    en: "There is nothing of yours here to appeal: reload the page",
  },
  "appeal.too_late": {
    status: 409,
    "zh-CN": "申诉期限已过",
    en: "The time to appeal is over",
  },
  "appeal.made_already": {
    status: 409,
    "zh-CN": "已经申诉过，请查看申诉结果",
    en: "This was appealed already: see the answer there",
  },
  "appeal.nothing_to_appeal": {
    status: 409,
    "zh-CN": "这条记录已经撤销或恢复，不用申诉",
    en: "This holds no longer: there is nothing to appeal",
  },
  "appeal.needs_another_person": {
    status: 403,
    "zh-CN": "申诉须由作出决定以外的人处理，请转交同事",
    en: "Somebody else than who made it decides: hand it to a colleague",
  },
  "appeal.not_open": {
    status: 409,
    "zh-CN": "这项申诉已有结果，请刷新页面",
    en: "This appeal is decided already: reload the page",
  },
} as const satisfies Record<string, Refusal>;
