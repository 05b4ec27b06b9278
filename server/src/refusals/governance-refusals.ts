import type { Refusal } from "./refusal.ts";

/** What regions, departments and staff accounts can refuse. */
export const governanceRefusals = {
  "region.not_found": {
    status: 404,
    "zh-CN": "没有这个行政区划代码，请在行政区划中查找",
    en: "There is no region with this code: look for it among the regions",
  },
  "region.not_abolished": {
    status: 409,
    "zh-CN": "这个行政区划仍在使用，无需指定接替者；代码撤销后再试",
    en: "This region is still in use and needs no successor: try again once its code is abolished",
  },
  "region.own_successor": {
    status: 409,
    "zh-CN": "接替者应是另一个仍在使用的行政区划，请重新选择",
    en: "A successor is another region that is still in use: choose another one",
  },
  "department.forbidden": {
    status: 403,
    "zh-CN": "您所在部门无权查看这类数据，如工作需要请联系平台运维调整部门权限",
    en: "Your department may not see this kind of data: ask an operator of the platform if your work needs it",
  },
  "department.may_not_command": {
    status: 403,
    "zh-CN": "您所在部门无权停机或锁定焊机，请转有权部门处理",
    en: "Your department may not stop or lock machines: pass it to a department that may",
  },
  "department.not_found": {
    status: 404,
    "zh-CN": "没有这个部门，请刷新部门列表",
    en: "There is no such department: reload the list of departments",
  },
  "staff.not_found": {
    status: 404,
    "zh-CN": "没有这个工作人员账号，请刷新列表",
    en: "There is no such staff account: reload the list",
  },
  "staff.username_taken": {
    status: 409,
    "zh-CN": "用户名已存在，请换一个",
    en: "This user name is taken: choose another",
  },
  "staff.beyond_reach": {
    status: 403,
    "zh-CN": "只能在本人辖区、本部门内管理不高于本人角色的账号，请联系上级",
    en: "You manage only accounts of your own region and department that stand no higher than yours: ask your superior",
  },
  "staff.own_account": {
    status: 409,
    "zh-CN": "不能停用本人账号或收回本人角色，请由其他管理人员操作",
    en: "You cannot deactivate yourself or withdraw your own role: ask another administrator",
  },
  "staff.deactivated": {
    status: 409,
    "zh-CN": "此账号已停用，请先启用",
    en: "This account is deactivated: activate it first",
  },
  "staff.role_given": {
    status: 409,
    "zh-CN": "此人已有这个角色，无需重复授予",
    en: "This person has that role already",
  },
  "staff.role_not_found": {
    status: 404,
    "zh-CN": "没有这个角色授予，请刷新",
    en: "There is no such role: reload the account",
  },
  "invitation.not_found": {
    status: 404,
    "zh-CN": "邀请链接无效、已使用或已过期，请向邀请人重新索取",
    en: "This invitation is wrong, used or expired: ask whoever invited you for a new one",
  },
  "invitation.code_wrong": {
    status: 401,
    "zh-CN": "动态口令不正确，请确认已扫描上方二维码，并输入验证器当前显示的 6 位数字",
    en: "The one-time password is wrong: scan the code above and type the 6 digits that the authenticator shows now",
  },
} as const satisfies Record<string, Refusal>;
