import type { Refusal } from "./refusal.ts";

/** What registering, certificates and their review can refuse. */
export const welderRefusals = {
  "registration.done": {
    status: 409,
    "zh-CN": "您已登记为焊工，请直接在“我的证书”中登记操作证",
    en: "You are registered already: go on with your certificates under “Me”",
  },
  "registration.identity_taken": {
    status: 409,
    "zh-CN":
      "这个身份证号已经登记。如果您换了手机号，请用原手机号登录；原号码已停用时，请带身份证到所在地消防站办理换绑",
    en: "This identity number is registered. Sign in with the phone you had then; if you no longer have it, take your identity card to your local fire station",
  },
  "registration.name_differs": {
    status: 409,
    "zh-CN": "姓名与平台已有的登记不一致，请填写已登记的姓名；登记有误时请联系单位管理员更正",
    en: "The name differs from the one the platform has: use that one, or have your enterprise's officer correct it",
  },
  "registration.consent_outdated": {
    status: 409,
    "zh-CN": "个人信息告知书已更新，请重新打开登记页阅读并同意",
    en: "The privacy notice has changed: open the page again, read it and agree",
  },
  "certificate.not_found": {
    status: 404,
    "zh-CN": "没有找到这张证书，请刷新列表",
    en: "There is no such certificate: reload the list",
  },
  "certificate.entered_already": {
    status: 409,
    "zh-CN": "这张证书您已登记，请在“我的证书”中查看；需要更正时请打开原来那一张",
    en: "You have entered this certificate already: open the one you have to correct it",
  },
  "certificate.number_taken": {
    status: 409,
    "zh-CN": "这个证书编号已被登记。请核对编号；确为本人证书时，请带原件到所在地消防站核实",
    en: "This certificate number is registered. Check it; if the certificate is yours, take it to your local fire station",
  },
  "certificate.too_many": {
    status: 409,
    "zh-CN": "等待审核的证书已达上限，请等审核完成后再登记",
    en: "Too many of your certificates wait for review: wait until they are decided",
  },
  "certificate.settled": {
    status: 409,
    "zh-CN": "这张证书已通过审核，不能再改；信息有变化时请登记新证书",
    en: "This certificate is verified and cannot be changed: enter the new one instead",
  },
  "certificate.not_verified": {
    status: 409,
    "zh-CN": "这张证书还没有通过审核，请在证书审核中处理",
    en: "This certificate is not verified yet: decide it in the review",
  },
  "photo.missing": {
    status: 404,
    "zh-CN": "这张证书没有照片",
    en: "This certificate has no photo",
  },
  "certificate_review.decided": {
    status: 409,
    "zh-CN": "这张证书刚刚已由他人处理，或焊工已修改；请看最新内容或继续下一张",
    en: "Somebody else has just decided this certificate, or the welder changed it: look at it again or go on to the next",
  },
  "welder.not_found": {
    status: 404,
    "zh-CN": "没有找到这名焊工，请刷新列表",
    en: "There is no such welder: reload the list",
  },
} as const satisfies Record<string, Refusal>;
