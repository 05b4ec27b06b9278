import type { Step } from "../rule.ts";
import type { Text } from "../text.ts";
import type { HotWorkDistances, HotWorkMeasures, HotWorkPlaceFacts } from "./facts.ts";

/** What each fact about the place asks, for forms and for what is still missing. */
export const placeQuestions: Readonly<Record<keyof HotWorkPlaceFacts, Text>> = {
  isFixedHotWorkArea: { zh: "是否固定动火区", en: "designated hot-work area?" },
  isExplosiveArea: { zh: "是否火灾爆炸危险场所", en: "fire and explosion hazard area?" },
  isRunningPlantOrTankFarm: {
    zh: "是否运行中的装置或重大危险源罐区防火堤内",
    en: "on running plant, or inside the bund of a major-hazard tank farm?",
  },
  isPipeRack: { zh: "是否管廊", en: "on a pipe rack?" },
  isOutdoors: { zh: "是否露天", en: "outdoors?" },
  isConfinedSpace: { zh: "是否受限空间", en: "confined space?" },
  isOxygenEquipment: { zh: "是否氧气设备", en: "on oxygen equipment?" },
  openingHours: { zh: "是否在营业（使用）期间", en: "in opening hours?" },
  isSharedBuilding: { zh: "建筑是否同时有他人使用", en: "is the building in use by others?" },
  isFireSeparated: {
    zh: "施工区与使用区是否防火分隔",
    en: "is the work area fire-separated from the area in use?",
  },
};

export const distanceNames: Readonly<Record<keyof HotWorkDistances, Text>> = {
  combustibles: { zh: "可燃物", en: "combustibles" },
  leakCapableEquipment: { zh: "可能泄漏的设备", en: "equipment that may leak" },
  solventCleaningOrPainting: { zh: "溶剂清洗或喷漆", en: "solvent cleaning or painting" },
  dustSweeping: { zh: "可燃性粉尘清扫", en: "sweeping of combustible dust" },
  combustibleLiquidDischarge: { zh: "可燃液体排放", en: "discharge of combustible liquid" },
  combustibleGasDischarge: { zh: "可燃气体排放", en: "discharge of combustible gas" },
  hazardousTrain: { zh: "装危险化学品的火车", en: "a train with hazardous chemicals" },
  machine: { zh: "焊机", en: "the welding machine" },
  oxygenToAcetylene: { zh: "氧气瓶与乙炔瓶之间", en: "between oxygen and acetylene" },
  cylinders: { zh: "气瓶", en: "the gas cylinders" },
};

export const measureQuestions: Readonly<Record<keyof HotWorkMeasures, Text>> = {
  areCombustiblesClearedOrShielded: { zh: "可燃物已清理或遮挡", en: "combustibles cleared or shielded" },
  areOpeningsCovered: { zh: "孔洞、地沟已封盖", en: "openings and drains covered" },
  isLeakCapableEquipmentIsolated: { zh: "可能泄漏的设备已隔离", en: "equipment that may leak isolated" },
  isMachineManagedAsHotWorkPoint: { zh: "焊机也按动火点管理", en: "machine treated as a hot-work point" },
  isExtinguisherReady: { zh: "灭火器材已就位", en: "extinguishers ready" },
  isGasMonitoredContinuously: { zh: "气体连续监测中", en: "gas monitored continuously" },
  isVideoRecording: { zh: "正在录像", en: "video recording" },
  isVideoExplosionProof: { zh: "摄录设备为防爆型", en: "video equipment explosion-proof" },
  isAcetyleneUpright: { zh: "乙炔瓶直立", en: "acetylene upright" },
  hasFlashbackArrestor: { zh: "有防回火装置", en: "flashback arrestor fitted" },
  isNoticePosted: { zh: "主要出入口已公告", en: "notice at the main entrance" },
  hasSignerInspected: { zh: "签发人已到现场查验", en: "signer has inspected the place" },
  isPaintingInSameSpace: { zh: "同一空间内有涂刷作业", en: "painting in the same space" },
};

export function askDistance(key: keyof HotWorkDistances): Step {
  const { zh, en } = distanceNames[key];
  return { id: `measure-${kebab(key)}`, title: { zh: `填写距离：${zh}`, en: `Enter the distance: ${en}` } };
}

export function askMeasure(key: keyof HotWorkMeasures): Step {
  const { zh, en } = measureQuestions[key];
  return { id: `confirm-${kebab(key)}`, title: { zh: `确认：${zh}`, en: `Confirm: ${en}` } };
}

export function askPlace(key: keyof HotWorkPlaceFacts): Step {
  const { zh, en } = placeQuestions[key];
  return { id: `say-${kebab(key)}`, title: { zh: `说明：${zh}`, en: `Say: ${en}` } };
}

function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
