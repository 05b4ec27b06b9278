import alarms from "./common-alarms.ts";
import cameras from "./common-cameras.ts";
import certificates from "./common-certificates.ts";
import clearances from "./common-clearances.ts";
import enterpriseWords from "./common-enterprises.ts";
import evidence from "./common-evidence.ts";
import keyArea from "./common-key-areas.ts";
import permit from "./common-permits.ts";
import rectification from "./common-rectification.ts";
import simultaneousWork from "./common-simultaneous-work.ts";
import telling from "./common-telling.ts";

const common = {
  appName: "焊有序",
  loading: "正在加载…",
  retry: "重试",
  cancel: "取消",
  close: "关闭",
  back: "返回",
  yes: "是",
  no: "否",
  switchLanguage: "English",
  table: { actions: "操作" },
  failure: {
    network: "连不上服务器。请检查网络，稍后重试。",
    unexpected: "出错了。请重试；仍不行时请告诉管理员。",
    page: "这个页面没能打开",
    pageFix: "请重试。若刚升级过系统，刷新页面即可。",
  },
  alarms,
  enterprise: enterpriseWords,
  permit,
  keyArea,
  cameras,
  evidence,
  simultaneousWork,
  rectification,
  telling,
  reason: { article: "第 {{number}} 条", clause: "依据", fix: "怎么办", unverified: "条文未核对" },
  state: {
    tampered: "被拆动",
    faulted: "故障",
    locked: "已锁定",
    offline: "离线",
    arcing: "焊接中",
    energised: "已通电",
    granted: "已授权",
    idle: "待机",
  },
  role: {
    welder: "焊工",
    "enterprise-officer": "单位安全管理员",
    "station-staff": "基层应急消防站",
    regulator: "监管人员",
    installer: "安装员",
    operator: "平台运维",
    "fire-watch": "监护人",
  },
  sessionStatus: { granted: "已授权", energised: "作业中", ended: "已结束", "not-started": "未开机" },
  outcome: { grant: "准许", refuse: "拒绝", require: "需补充" },
  process: {
    SMAW: "焊条电弧焊",
    GMAW: "熔化极气体保护焊",
    GTAW: "钨极氩弧焊",
    SAW: "埋弧焊",
    PAW: "等离子弧焊",
    PAC: "等离子切割",
    OFW: "气焊",
    OFC: "气割",
    RW: "压力焊（电阻焊）",
    BRAZING: "钎焊",
  },
  family: {
    emergency: "特种作业操作证（应急管理）",
    construction: "建筑施工特种作业操作资格证（住建）",
    "special-equipment": "特种设备作业人员证（市场监管）",
  },
  certificateItem: {
    "fusion-welding-thermal-cutting": "熔化焊接与热切割",
    "pressure-welding": "压力焊",
    brazing: "钎焊",
    "building-welder": "建筑焊工",
  },
  certificateStatus: { valid: "有效", suspended: "暂停", revoked: "吊销" },
  /** Why the relay opened, or why it never closed: the chip's words. */
  endReason: {
    stopped: "已停止",
    "grant-expired": "授权到期",
    "energised-limit": "达到最长通电时间",
    idle: "长时间未焊接，自动断电",
    tamper: "芯片被拆动，已断电",
    gas: "可燃气体超限，已断电",
    fence: "离开允许区域",
    locked: "焊机被锁定",
    emergency: "紧急断电指令",
    fault: "芯片故障",
    "power-lost": "焊机断电",
    "watch-absent": "监护人离岗",
    malformed: "芯片未能识别授权",
    untrusted: "授权签名不被信任",
    "wrong-audience": "授权不属于这台焊机",
    replayed: "授权已用过",
    expired: "授权送达时已过期",
    "not-yet-valid": "授权尚未生效",
    "clock-unknown": "芯片时间未校准",
    "state-changed": "焊机状态刚刚变化",
    faulted: "芯片故障",
    busy: "焊机正在使用",
    "outside-fence": "焊机不在允许区域",
    "unknown-session": "芯片不认识这次作业",
    unsupported: "芯片版本不支持",
    "gas-warming-up": "气体传感器预热中",
    "gas-calibration-overdue": "气体传感器校准逾期",
    "gas-uninspected": "气体断电后尚未现场检查",
    "no-answer": "焊机没有应答",
    revoked: "授权被撤销",
    unknown: "原因未知",
  },
  certificates,
  clearances,
};

export default common;
