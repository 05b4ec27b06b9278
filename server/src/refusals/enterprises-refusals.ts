import type { Refusal } from "./refusal.ts";

/** What enterprises, their people and site owners can be refused. */
export const enterprisesRefusals = {
  "enterprise.not_found": {
    status: 404,
    "zh-CN": "没有找到这家单位，请刷新列表",
    en: "There is no such organisation: reload the list",
  },
  "enterprise.uscc_taken": {
    status: 409,
    "zh-CN": "这个统一社会信用代码已经登记，请在列表中查找该单位，或请其安全管理员添加您",
    en: "This credit code is registered already: look for it in the list, or ask its safety officer to add you",
  },
  "enterprise.region_unknown": {
    status: 409,
    "zh-CN": "平台没有这个行政区划，请从列表中选择",
    en: "The platform does not know this region: choose one of the list",
  },
  "enterprise.too_many_pending": {
    status: 409,
    "zh-CN": "您已有 3 家单位等待审核，请等审核完成后再登记",
    en: "Three organisations of yours wait for review: wait until they are reviewed",
  },
  "enterprise.identity_reserved": {
    status: 403,
    "zh-CN": "单位名称、信用代码、类别和区划由监管人员修改，请联系所在地监管部门",
    en: "Name, credit code, kind and region are changed by the regulator: ask the department in charge",
  },
  "enterprise.not_pending": {
    status: 409,
    "zh-CN": "这家单位不在待审核状态，请刷新后再看",
    en: "This organisation does not wait for review: reload the page",
  },
  "enterprise.not_active": {
    status: 409,
    "zh-CN": "这家单位不在正常状态，不能停用；请刷新后再看",
    en: "This organisation is not active and cannot be suspended: reload the page",
  },
  "enterprise.not_suspended": {
    status: 409,
    "zh-CN": "这家单位没有被停用，无需恢复",
    en: "This organisation is not suspended",
  },
  "enterprise.officer_already": {
    status: 409,
    "zh-CN": "此人已经是本单位的安全管理员",
    en: "This person is a safety officer of the organisation already",
  },
  "enterprise.officer_not_found": {
    status: 404,
    "zh-CN": "此人不是本单位的安全管理员，请刷新列表",
    en: "This person is no safety officer of the organisation: reload the list",
  },
  "enterprise.last_officer": {
    status: 409,
    "zh-CN": "至少要保留一名安全管理员，请先添加另一名",
    en: "At least one safety officer must remain: add another first",
  },
  "enterprise.welder_not_found": {
    status: 404,
    "zh-CN": "没有找到这名焊工，请核对手机号，或请他先完成实名登记",
    en: "There is no such welder: check the phone number, or have him register first",
  },
  "enterprise.welder_already": {
    status: 409,
    "zh-CN": "这名焊工已在本单位，或已收到邀请",
    en: "This welder belongs to the organisation already, or has been invited",
  },
  "enterprise.invitation_not_found": {
    status: 404,
    "zh-CN": "没有这份邀请，可能已撤回或已答复，请刷新",
    en: "There is no such invitation; it may have been withdrawn or answered: reload",
  },
  "enterprise.contractor_unfit": {
    status: 409,
    "zh-CN": "承包单位须是平台上另一家正常状态的涉焊单位，请重新选择",
    en: "The contractor must be another active welding enterprise of the platform: choose again",
  },
  "enterprise.contract_overlaps": {
    status: 409,
    "zh-CN": "与这家单位在这段时间已有承包关系，请先终止原来的",
    en: "There is a contract with this firm for these days already: end it first",
  },
  "enterprise.contract_not_found": {
    status: 404,
    "zh-CN": "没有这份承包关系，或已终止，请刷新列表",
    en: "There is no such contract, or it has ended: reload the list",
  },
  "site_owner.not_named": {
    status: 409,
    "zh-CN": "这次作业没有待您确认的用焊地点，可能已经答复，请刷新列表",
    en: "Nothing of this work waits for your confirmation; it may be answered already: reload the list",
  },
} as const satisfies Record<string, Refusal>;
