import type { Refusal } from "./refusal.ts";

/** What hot-work permits and the register of fire watches can refuse. */
export const permitRefusals = {
  "fire_watch.already": {
    status: 409,
    "zh-CN": "此人已是本单位的监护人，如需更新培训请修改其培训记录",
    en: "This person is a fire watch of the organisation already: change the training record instead",
  },
  "fire_watch.not_found": {
    status: 404,
    "zh-CN": "没有这名监护人，请刷新列表",
    en: "There is no such fire watch: reload the list",
  },
  "hot_work_permit.not_found": {
    status: 404,
    "zh-CN": "没有这张动火作业票，请刷新列表",
    en: "There is no such hot-work permit: reload the list",
  },
  "hot_work_permit.wrong_status": {
    status: 409,
    "zh-CN": "作业票当前状态不能进行此操作，请刷新后查看",
    en: "The permit's present status does not allow this: reload it",
  },
  "hot_work_permit.not_draft": {
    status: 409,
    "zh-CN": "作业票提交后不能修改；内容、地点或条件有变更的，请重新办理新票",
    en: "A permit does not change once submitted: where anything has changed, get a new one",
  },
  "hot_work_permit.incomplete": {
    status: 409,
    "zh-CN": "作业票还没有填写完整，请补全标出的内容后再提交",
    en: "The permit is not complete: fill in what is marked, then submit it",
  },
  "hot_work_permit.too_many_photos": {
    status: 409,
    "zh-CN": "这张作业票已有 40 张照片，无需再传",
    en: "The permit has 40 photos already: no more are needed",
  },
  "hot_work_permit.unknown_reference": {
    status: 409,
    "zh-CN": "所选的区域、单位或焊机不存在、已停用或与您无关，请重新选择",
    en: "The area, firm or machine is not there, not active or not yours: choose again",
  },
  "hot_work_permit.point_outside_area": {
    status: 409,
    "zh-CN": "动火点不在所选的重点区域内，请到现场重新定位或改选区域",
    en: "The hot-work point lies outside the key area: take the position at the place, or choose another area",
  },
  "hot_work_permit.watch_is_welder": {
    status: 409,
    "zh-CN": "动火人不能同时担任监护人，请另选监护人",
    en: "The welder cannot be the fire watch too: name somebody else",
  },
  "hot_work_permit.watch_is_supervisor": {
    status: 409,
    "zh-CN": "作业负责人不能同时担任监护人，请另选监护人",
    en: "The supervisor cannot be the fire watch too: name somebody else",
  },
  "hot_work_permit.watch_untrained": {
    status: 409,
    "zh-CN": "监护人没有登记，或培训在作业期间失效：请用焊单位登记培训记录，或另选监护人",
    en: "The fire watch is not registered, or the training ends before the work: register it or name somebody else",
  },
  "hot_work_permit.supervisor_unknown": {
    status: 409,
    "zh-CN": "作业负责人应是用焊单位或施工方的安全员，请重新选择",
    en: "The supervisor is an officer of the site owner or the contractor: choose again",
  },
  "hot_work_permit.approver_is_welder": {
    status: 409,
    "zh-CN": "动火人不能审批自己的作业票，请由用焊单位其他审批人到现场审批",
    en: "The welder cannot approve the own permit: another approver of the site owner comes to the place",
  },
  "hot_work_permit.approver_is_watch": {
    status: 409,
    "zh-CN": "监护人不能审批同一张作业票，请由其他审批人到现场审批",
    en: "The fire watch cannot approve the same permit: another approver comes to the place",
  },
  "hot_work_permit.approver_is_supervisor": {
    status: 409,
    "zh-CN": "作业负责人不能审批同一张作业票，请由其他审批人到现场审批",
    en: "The supervisor cannot approve the same permit: another approver comes to the place",
  },
  "hot_work_permit.approver_not_on_site": {
    status: 409,
    "zh-CN": "您不在动火现场：审批须在动火点附近完成，请到现场后再签",
    en: "You are not at the place: approve at the hot-work point",
  },
  "hot_work_permit.position_too_old": {
    status: 409,
    "zh-CN": "定位已过期或早于作业票提交时间，请在现场重新定位后再签",
    en: "The position is too old, or from before the permit was submitted: take it again at the place",
  },
  "hot_work_permit.position_too_vague": {
    status: 409,
    "zh-CN": "定位误差太大，不能证明您在现场：请到开阔处或打开精确定位后重试",
    en: "The position is too vague to prove where you are: step into the open or allow precise location, and try again",
  },
  "hot_work_permit.work_has_begun": {
    status: 409,
    "zh-CN": "焊机已经在现场开始作业，不能事后补签：请停止作业并重新办理新票",
    en: "The work has begun already, and no permit is signed afterwards: stop, and get a new permit",
  },
  "hot_work_permit.starts_before_approval": {
    status: 409,
    "zh-CN": "作业开始时间不能早于审批时间，请改为审批之后",
    en: "The work cannot start before the approval: choose a later time",
  },
  "hot_work_permit.time_over": {
    status: 409,
    "zh-CN": "作业票的时间已过，请重新办理新票",
    en: "The permit's time is over: get a new one",
  },
  "hot_work_permit.gas_above_limit": {
    status: 409,
    "zh-CN": "最近一次气体分析超过限值，请通风、置换后重新取样分析",
    en: "The latest gas test is above the limit: ventilate or purge, and test again",
  },
  "hot_work_permit.gas_test_time": {
    status: 409,
    "zh-CN": "取样时间不能晚于现在，请核对时间",
    en: "A sample cannot be from the future: check the time",
  },
  "hot_work_permit.still_at_work": {
    status: 409,
    "zh-CN": "焊机仍在作业，请先停机再关闭作业票",
    en: "The machine is still at work: stop it, then close the permit",
  },
} as const satisfies Record<string, Refusal>;
