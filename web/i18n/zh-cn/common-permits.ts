/** Hot-work permits: words of the phone's and the desk's pages. */
const permit = {
  status: {
    draft: "草稿",
    submitted: "待审批",
    approved: "已批准",
    suspended: "已暂停",
    closed: "已关闭",
    void: "已作废",
    rejected: "已驳回",
    expired: "已过期",
  },
  grade: { special: "特级", "grade-1": "一级", "grade-2": "二级" },
  approver: { unit: "所在基层单位", "safety-department": "安全管理部门", "senior-manager": "主管领导" },
  gasPlace: { surroundings: "周围环境", "inside-equipment": "设备内", "confined-space": "受限空间内" },
  material: {
    "non-combustible": "不燃材料",
    "combustible-construction": "可燃构造",
    insulation: "保温材料",
    dust: "可燃粉尘",
  },
  action: {
    reject: "驳回",
    suspend: "暂停作业票",
    resume: "恢复作业票",
    replace: "有变更，重新办票",
    void: "作废",
  },
  reason: "原因",
  print: "打印作业票（PDF）",
};

export default permit;
