import type { HotWorkMeasures, HotWorkRegime, Text } from "@hanyouxu/rules";

/** Everything a hot-work permit asks to be done about the danger, by a name that never changes. */
export const permitMeasureIds = [
  "combustibles-cleared",
  "extinguishers-ready",
  "equipment-cleaned",
  "pipes-blinded",
  "openings-covered",
  "leak-capable-isolated",
  "tank-farm-quiet",
  "sparks-caught",
  "lining-shielded",
  "cylinders-secured",
  "machine-earthed",
  "machine-as-hot-work-point",
  "no-dangerous-work-near",
  "no-discharge-near",
  "no-painting-inside",
  "hazards-analysed",
  "gas-monitored",
  "video-recording",
  "cordon-and-other-permits",
  "notice-posted",
] as const;
export type PermitMeasureId = (typeof permitMeasureIds)[number];

/** One line of the permit's list. */
export interface PermitMeasure {
  id: PermitMeasureId;
  title: Text;
  /** Its line in GB 30871-2022 table A.1; null: the platform's own. */
  tableLine: number | null;
  /** Absent: asked everywhere. */
  regimes?: readonly HotWorkRegime[];
  /** Cannot be left out as not involved. */
  isAlwaysInvolved?: true;
  /** A picture proves it. */
  needsPhoto?: true;
  /** What the law packs learn from it: the fact when done, and when there is nothing of the kind. */
  facts?: Partial<Record<keyof HotWorkMeasures, { done: boolean; notInvolved: boolean }>>;
}

const chemical = ["chemical"] as const;
const crowded = ["crowded-place", "entertainment-venue"] as const;
/** Done, or nothing there that needs it. */
const fulfilled = { done: true, notInvolved: true };
const onlyWhenDone = { done: true, notInvolved: false };

/**
 * The lines of GB 30871-2022 table A.1 in their order, for chemical firms in full; what the other regimes ask of it, and
 * lines of the platform's own. Line 16 of the table, further measures, is free text on the permit.
 */
export const permitMeasures: readonly PermitMeasure[] = [
  {
    ...own(
      "combustibles-cleared",
      "动火点周围可燃物已清除、浇湿或遮盖",
      "Combustibles around are cleared, wetted or covered",
    ),
    isAlwaysInvolved: true,
    needsPhoto: true,
    facts: { areCombustiblesClearedOrShielded: fulfilled },
  },
  {
    ...line(
      1,
      "equipment-cleaned",
      "动火设备内部构件清洗干净，蒸汽吹扫或水洗、置换合格，达到动火条件",
      "The equipment is cleaned inside, purged with steam or water and fit for hot work",
    ),
    regimes: chemical,
  },
  {
    ...line(
      2,
      "pipes-blinded",
      "与动火设备相连接的所有管线已断开、加盲板，未采取水封或仅关闭阀门的方式代替盲板",
      "All pipes to the equipment are cut off by blinds, not by water seals or valves alone",
    ),
    regimes: chemical,
  },
  {
    ...line(
      3,
      "openings-covered",
      "动火点周围及附近的孔洞、窨井、地沟、水封设施、污水井等已清除易燃物，并已覆盖、铺沙隔离",
      "Holes, drains and pits around are cleared and covered",
    ),
    facts: { areOpeningsCovered: fulfilled },
  },
  {
    ...own(
      "leak-capable-isolated",
      "15 m 内可能泄漏易燃、可燃物料的设备设施已隔离",
      "Equipment within 15 m that could leak is isolated",
    ),
    regimes: chemical,
    facts: { isLeakCapableEquipmentIsolated: fulfilled },
  },
  {
    ...line(
      4,
      "tank-farm-quiet",
      "油气罐区动火点同一防火堤内和防火间距内的油品储罐未进行脱水和取样作业",
      "No draining or sampling of tanks in the same bund and within the fire distance",
    ),
    regimes: chemical,
  },
  line(
    5,
    "sparks-caught",
    "高处作业已采取防火花飞溅措施，作业人员佩戴必要的个体防护装备",
    "Sparks of work at height are caught; protective equipment is worn",
  ),
  {
    ...line(
      6,
      "lining-shielded",
      "在有可燃物构件和使用可燃物做防腐内衬的设备内部动火作业，已采取防火隔绝措施",
      "Combustible parts and linings inside the equipment are shielded",
    ),
    regimes: chemical,
  },
  {
    ...line(
      7,
      "cylinders-secured",
      "乙炔气瓶直立放置，已防倾倒并安装防回火装置；乙炔气瓶、氧气瓶与火源间距不小于 10 m，两瓶间距不小于 5 m",
      "Acetylene stands upright, secured, with a flashback arrestor; cylinders 10 m from the fire and 5 m apart",
    ),
    facts: { isAcetyleneUpright: onlyWhenDone, hasFlashbackArrestor: onlyWhenDone },
  },
  {
    ...line(
      8,
      "extinguishers-ready",
      "现场已配备灭火器、灭火毯或消防水带",
      "Extinguishers, fire blankets or hoses are at hand",
    ),
    isAlwaysInvolved: true,
    needsPhoto: true,
    facts: { isExtinguisherReady: onlyWhenDone },
  },
  line(
    9,
    "machine-earthed",
    "电焊机所处位置已考虑防火防爆要求，且已可靠接地",
    "The welding machine stands safely and is earthed",
  ),
  {
    ...own(
      "machine-as-hot-work-point",
      "电焊机离动火点超过 10 m，已按动火点管理",
      "The machine, over 10 m away, is managed as a hot-work point",
    ),
    regimes: chemical,
    facts: { isMachineManagedAsHotWorkPoint: onlyWhenDone },
  },
  line(
    10,
    "no-dangerous-work-near",
    "动火点周围规定距离内没有易燃易爆化学品的装卸、排放、喷漆等危险作业",
    "No loading, discharge or painting of flammables within the distance",
  ),
  {
    ...line(
      11,
      "no-discharge-near",
      "30 m 内垂直空间未排放可燃气体；15 m 内垂直空间未排放可燃液体；10 m 范围内及下方未进行可燃溶剂清洗、喷漆，未见可燃性粉尘清扫",
      "No gas discharged within 30 m, no liquid within 15 m, no solvents, painting or dust sweeping within 10 m or below",
    ),
    regimes: chemical,
  },
  {
    ...own(
      "no-painting-inside",
      "同一受限空间内没有安排涂刷油漆、涂料等作业",
      "No painting or coating goes on in the same confined space",
    ),
    facts: { isPaintingInSameSpace: { done: false, notInvolved: false } },
  },
  {
    ...line(
      12,
      "hazards-analysed",
      "已开展作业危害分析，制定相应的安全风险管控措施，交叉作业已明确协调人",
      "Hazards are analysed and controlled; somebody coordinates work going on together",
    ),
    isAlwaysInvolved: true,
  },
  {
    ...line(
      13,
      "gas-monitored",
      "用于连续检测的移动式可燃气体检测仪已配备到位",
      "A portable detector measures gas continuously",
    ),
    facts: { isGasMonitoredContinuously: onlyWhenDone },
  },
  {
    ...line(
      14,
      "video-recording",
      "配备的摄录设备已到位，且防爆级别满足安全要求",
      "Video is recorded with equipment of the right explosion protection",
    ),
    regimes: chemical,
    facts: { isVideoRecording: onlyWhenDone, isVideoExplosionProof: onlyWhenDone },
  },
  line(
    15,
    "cordon-and-other-permits",
    "其他相关特殊作业已办理相应安全作业票，作业现场四周已设立警戒区",
    "Other special work has its permits; the place is cordoned off",
  ),
  {
    ...own(
      "notice-posted",
      "动火公告已张贴在主要出入口",
      "A notice of the hot work is posted at the main entrance",
    ),
    regimes: crowded,
    isAlwaysInvolved: true,
    needsPhoto: true,
    facts: { isNoticePosted: onlyWhenDone },
  },
];

/** The lines that a permit of a regime asks for, in the order of the form. */
export function measuresOf(regime: HotWorkRegime): readonly PermitMeasure[] {
  return permitMeasures.filter(({ regimes }) => !regimes || regimes.includes(regime));
}

function line(tableLine: number, id: PermitMeasureId, zh: string, en: string): PermitMeasure {
  return { id, title: { zh, en }, tableLine };
}

function own(id: PermitMeasureId, zh: string, en: string): PermitMeasure {
  return { id, title: { zh, en }, tableLine: null };
}
