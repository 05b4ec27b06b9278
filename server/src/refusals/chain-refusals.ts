import type { Refusal } from "./refusal.ts";

/** What the chain and signing in can refuse: requests, people, machines, chips, work sessions. */
export const chainRefusals = {
  "request.invalid": {
    status: 400,
    "zh-CN": "请求有误，请按所列字段改正后重试",
    en: "The request is wrong: correct the fields listed and try again",
  },
  "request.too_large": {
    status: 413,
    "zh-CN": "提交的内容过大，请减小后重试",
    en: "The request is too large: make it smaller and try again",
  },
  "request.type_unsupported": {
    status: 415,
    "zh-CN": "不支持的内容类型，请以 application/json 提交",
    en: "This content type is not supported: send application/json",
  },
  "request.rate_limited": {
    status: 429,
    "zh-CN": "操作过于频繁，请稍后再试",
    en: "Too many requests: wait a little and try again",
  },
  "request.origin_refused": {
    status: 403,
    "zh-CN": "请求来自其他网站，已拒绝；请从本平台页面操作",
    en: "The request came from another site: use this platform's own pages",
  },
  "request.not_found": {
    status: 404,
    "zh-CN": "没有这个地址，请检查链接",
    en: "There is nothing at this address: check the link",
  },
  "sign_in.required": { status: 401, "zh-CN": "请先登录", en: "Sign in first" },
  "sign_in.code_wrong": {
    status: 401,
    "zh-CN": "验证码错误或已过期，请核对或重新获取",
    en: "The code is wrong or has expired: check it or ask for a new one",
  },
  "sign_in.credentials_wrong": {
    status: 401,
    "zh-CN": "用户名、密码或动态口令错误，请核对后重试",
    en: "User name, password or one-time password is wrong: check them and try again",
  },
  "sign_in.locked": {
    status: 429,
    "zh-CN": "连续失败次数过多，登录已暂停，请稍后再试",
    en: "Too many failed attempts: signing in is paused, try again later",
  },
  "sign_in.session_not_found": {
    status: 404,
    "zh-CN": "没有这个登录记录，请刷新列表",
    en: "There is no such sign-in: reload the list",
  },
  "sms.not_sent": {
    status: 503,
    "zh-CN": "短信暂时发送失败，请一分钟后重试",
    en: "The text message could not be sent: try again in a minute",
  },
  "role.forbidden": {
    status: 403,
    "zh-CN": "您的角色无权进行此操作，请联系管理员",
    en: "Your role may not do this: ask an operator",
  },
  "region.out_of_scope": {
    status: 403,
    "zh-CN": "超出您的行政区划管辖范围",
    en: "This is outside the region you are responsible for",
  },
  "machine_code.invalid": {
    status: 400,
    "zh-CN": "设备码不正确：应为 16 位字母数字，请重新扫码或核对输入",
    en: "This is not a machine code: it has 16 letters and digits; scan again or check what you typed",
  },
  "machine_code.forged": {
    status: 404,
    "zh-CN": "这个设备码不是本平台发放的，请勿使用并向消防站或平台管理员报告",
    en: "This platform did not issue this machine code: do not use it and report it to a fire station or an operator",
  },
  "machine.not_found": {
    status: 404,
    "zh-CN": "没有找到这台焊机，请核对设备码",
    en: "There is no such machine: check the code",
  },
  "machine.no_chip": {
    status: 409,
    "zh-CN": "这台焊机还没有安装焊之芯，请先加芯赋码",
    en: "This machine has no chip yet: fit one first",
  },
  "work_session.not_found": {
    status: 404,
    "zh-CN": "没有找到这次作业，请刷新列表",
    en: "There is no such work session: reload the list",
  },
  "work_session.not_open": {
    status: 409,
    "zh-CN": "这次作业已经结束，无需再停止",
    en: "This work session has ended already",
  },
  "work_session.key_used": {
    status: 409,
    "zh-CN": "这个请求标识已用于另一台焊机，请重新扫码",
    en: "This idempotencyKey belongs to the start of another machine: scan again with a new one",
  },
  "machine.not_working": {
    status: 409,
    "zh-CN": "这台焊机现在没有作业，无需停止；如需禁止使用请锁定",
    en: "Nobody is working with this machine now; lock it if it must not be used",
  },
  "decision.not_found": {
    status: 404,
    "zh-CN": "没有找到这条决定记录，请刷新列表",
    en: "There is no such decision: reload the list",
  },
  "chip_enrolment.token_invalid": {
    status: 401,
    "zh-CN": "加芯凭证无效、已使用或已过期，请由安装员重新获取",
    en: "The enrolment token is wrong, used or expired: have the installer get a new one",
  },
  "chip_enrolment.csr_invalid": {
    status: 400,
    "zh-CN": "芯片的证书申请（csr）有误：须为用芯片自身 P-256 密钥签名的 PKCS#10（DER）",
    en: "The chip's request (csr) is wrong: it must be PKCS#10 in DER, signed with the chip's own P-256 key",
  },
  "chip_enrolment.chip_revoked": {
    status: 409,
    "zh-CN": "这枚焊之芯已被吊销，不能再次登记，请更换芯片",
    en: "This chip has been revoked and cannot be enrolled again: use another chip",
  },
  "chip_enrolment.machine_held": {
    status: 409,
    "zh-CN": "焊机正在作业，请先停止作业再更换焊之芯",
    en: "The machine is at work: stop the work before changing its chip",
  },
  "chip_enrolment.nonce_invalid": {
    status: 401,
    "zh-CN": "续期随机数（nonce）无效或已过期，请重新获取",
    en: "The renewal nonce is wrong or has expired: ask for a new one",
  },
  "chip_enrolment.proof_invalid": {
    status: 401,
    "zh-CN": "续期证明（proof）签名不符，须用芯片自身密钥签名",
    en: "The renewal proof does not verify: sign it with the chip's own key",
  },
  "chip_enrolment.certificate_invalid": {
    status: 401,
    "zh-CN": "现有证书无效、已过期或不属于该密钥，请用加芯凭证重新登记",
    en: "The present certificate is wrong, expired or of another key: enrol again with a token",
  },
  "chip.not_found": {
    status: 404,
    "zh-CN": "没有这枚焊之芯，请核对芯片编号",
    en: "There is no such chip: check its id",
  },
  "welder.not_registered": {
    status: 403,
    "zh-CN": "您还没有登记为焊工，请先完成实名登记",
    en: "You are not registered as a welder: register first",
  },
  "service.unavailable": {
    status: 503,
    "zh-CN": "服务暂不可用，请稍后重试",
    en: "The service is not available just now: try again shortly",
  },
  "service.failed": {
    status: 500,
    "zh-CN": "平台内部错误，请稍后重试；如再次出现，请把请求编号告诉管理员",
    en: "Something failed inside the platform: try again, and if it returns tell an operator the request id",
  },
} as const satisfies Record<string, Refusal>;
