import type { Clearance, Language } from "@hanyouxu/api";
import { type ClearancePhase, keyAreaKindTitles, shanghaiOffsetMs } from "@hanyouxu/rules";
import type { ExportTable } from "../exports/exports.ts";
import { phaseWords } from "./record-words.ts";

const phasesEnglish: Readonly<Record<ClearancePhase, string>> = {
  preparing: "preparing",
  checking: "scene check",
  referred: "with the station",
  "watch-missing": "fire watch to scan",
  ready: "ready",
  working: "working",
  paused: "paused",
  smouldering: "smoulder watch",
  closed: "closed",
  forbidden: "forbidden",
  cancelled: "cancelled",
  expired: "expired",
};

/** Clearances as people take them away: in one language, names masked as on the screen. */
export function clearanceTable(clearances: readonly Clearance[], language: Language): ExportTable {
  const pick = (zh: string, en: string) => (language === "en" ? en : zh);
  const time = (iso: string | null) =>
    iso && new Date(Date.parse(iso) + shanghaiOffsetMs).toISOString().slice(0, 19).replace("T", " ");
  return {
    list: "clearances",
    title: pick("动火许可", "clearances"),
    heads: [
      [pick("编号", "number"), 38],
      [pick("状态", "phase"), 16],
      [pick("重点区域", "key area"), 28],
      [pick("区域类型", "kind of area"), 20],
      [pick("焊机", "machine"), 28],
      [pick("焊工", "welder"), 10],
      [pick("涉焊单位", "enterprise"), 30],
      [pick("区划代码", "region code"), 14],
      [pick("乡镇（街道）", "township"), 16],
      [pick("开始", "opened at"), 20],
      [pick("结束", "ended at"), 20],
    ],
    rows: clearances.map((clearance) => [
      clearance.clearanceId,
      pick(phaseWords[clearance.phase], phasesEnglish[clearance.phase]),
      clearance.keyAreaName,
      pick(keyAreaKindTitles[clearance.keyAreaKind].zh, keyAreaKindTitles[clearance.keyAreaKind].en),
      clearance.machineName,
      clearance.welderName,
      clearance.enterpriseName,
      clearance.region,
      clearance.regionName,
      time(clearance.openedAt),
      time(clearance.endedAt),
    ]),
  };
}
