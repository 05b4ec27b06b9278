/** Words about certificates that phone and desk share. */
const certificates = {
  verification: { submitted: "审核中", verified: "已核验", rejected: "未通过" },
  expired: "已过期",
  rejection: {
    "photo-unreadable": "照片看不清",
    "data-differs": "填写与证书不符",
    "not-own": "不是本人的证书",
    "not-in-registry": "发证机关查无此证",
    forged: "证书真伪存疑",
    other: "其他",
    "registry-revoked": "发证机关登记为已暂停或吊销",
    "registry-expired": "发证机关登记为已过期",
  },
  registry: {
    valid: "一致",
    "not-found": "查无此证",
    mismatch: "信息不一致",
    revoked: "已暂停或吊销",
    expired: "已过期",
    unreachable: "登记系统暂时连不上",
    "not-configured": "未接入登记系统",
  },
};

export default certificates;
