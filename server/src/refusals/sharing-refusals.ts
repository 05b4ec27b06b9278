import type { Refusal } from "./refusal.ts";

/** What sharing between departments and the rights over one's own data can refuse. */
export const sharingRefusals = {
  "person.not_found": {
    status: 404,
    "zh-CN": "没有找到这个人，请刷新列表",
    en: "There is no such person: reload the list",
  },
  "personal_data.masked": {
    status: 403,
    "zh-CN": "您的角色或辖区不能查看所选的完整信息；请只选允许查看的字段，或联系当地监管人员",
    en: "Your role or region may not see these fields in full: choose fewer, or ask a regulator of the region",
  },
  "consent_text.not_found": {
    status: 404,
    "zh-CN": "没有这份授权文本，请刷新页面",
    en: "There is no such text: reload the page",
  },
  "consent_text.not_in_force": {
    status: 409,
    "zh-CN": "这个版本不是现行版本，请刷新页面后阅读并确认现行版本",
    en: "This version is not the one in force: reload the page, read the one in force and confirm that",
  },
  "consent_text.changes_missing": {
    status: 400,
    "zh-CN": "这类文本已有旧版本，请填写“更新内容”，说明改了什么、为什么",
    en: "There is an earlier version of this text: say what has changed and why",
  },
  "consent.not_given": {
    status: 404,
    "zh-CN": "没有可撤回的授权，请刷新页面",
    en: "There is no consent to take back: reload the page",
  },
  "erasure.by_operator": {
    status: 409,
    "zh-CN": "管理端账号不能在此注销，请联系平台运维人员",
    en: "A staff account cannot be erased here: ask an operator",
  },
  "erasure.requested": {
    status: 409,
    "zh-CN": "已经提交过注销申请，请等待处理",
    en: "A request for erasure is already under way: wait for the decision",
  },
  "erasure.not_found": {
    status: 404,
    "zh-CN": "没有找到待处理的注销申请，请刷新页面",
    en: "There is no such request for erasure: reload the page",
  },
  "erasure.decided": {
    status: 409,
    "zh-CN": "这份注销申请已经处理，请刷新列表",
    en: "This request for erasure has been decided: reload the list",
  },
  "erasure.at_work": {
    status: 409,
    "zh-CN": "此人正在作业，请等作业结束后再批准注销",
    en: "This person is at work: approve the erasure after the work has ended",
  },
  "api_client.not_found": {
    status: 404,
    "zh-CN": "没有找到这个接入应用，请刷新列表",
    en: "There is no such client: reload the list",
  },
  "api_client.other_department": {
    status: 403,
    "zh-CN": "您只能管理本部门的接入应用；其他部门的应用请由该部门或当地综合监管人员办理",
    en: "You manage your own department's clients only: ask that department, or a regulator of no single department",
  },
  "api_client.beyond_department": {
    status: 403,
    "zh-CN": "所选内容超出该部门的可见范围；请减少字段或事件，或请平台运维调整部门权限",
    en: "This is beyond what the department may see: choose less, or ask an operator to change the department's rights",
  },
  "api_client.token_invalid": {
    status: 401,
    "zh-CN": "访问令牌缺失、无效或已过期，请用客户端编号和密钥重新获取",
    en: "The access token is missing, wrong or expired: get a new one with client id and secret",
  },
  "api_client.resource_forbidden": {
    status: 403,
    "zh-CN": "此应用未获准读取这类数据，请联系数据提供部门开通字段",
    en: "This client may read no field of this resource: ask the department that shares it",
  },
  "sharing.cursor_invalid": {
    status: 400,
    "zh-CN": "游标无效或数据库已恢复过，请去掉 cursor 从头读取",
    en: "The cursor is not valid, or the database was restored since: leave it out and start from the beginning",
  },
  "region.not_found": {
    status: 404,
    "zh-CN": "没有这个行政区划，请核对代码",
    en: "There is no such region: check the code",
  },
  "webhook.not_found": {
    status: 404,
    "zh-CN": "没有找到这个订阅或投递记录，请刷新列表",
    en: "There is no such subscription or delivery: reload the list",
  },
  "webhook.address_refused": {
    status: 400,
    "zh-CN": "回调地址须为公网 https 地址，不含用户名和密码；内网地址需由平台运维在配置中放行",
    en: "The address must be https, public and without user name or password; an operator can allow others in the configuration",
  },
  "webhook.not_dead": {
    status: 409,
    "zh-CN": "只有已放弃的投递可以重新发送，请刷新列表",
    en: "Only a delivery that was given up can be sent again: reload the list",
  },
} as const satisfies Record<string, Refusal>;
