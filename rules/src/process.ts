import type { Text } from "./text.ts";

/** Welding and cutting processes a machine or a certificate may be for. Names as in ISO 4063 practice and TSG Z6002. */
export const weldingProcesses = [
  "SMAW",
  "GMAW",
  "GTAW",
  "SAW",
  "PAW",
  "PAC",
  "OFW",
  "OFC",
  "RW",
  "BRAZING",
] as const;

export type WeldingProcess = (typeof weldingProcesses)[number];

export const processTitles: Readonly<Record<WeldingProcess, Text>> = {
  SMAW: { zh: "焊条电弧焊", en: "shielded metal arc welding" },
  GMAW: { zh: "熔化极气体保护焊", en: "gas metal arc welding" },
  GTAW: { zh: "钨极氩弧焊", en: "gas tungsten arc welding" },
  SAW: { zh: "埋弧焊", en: "submerged arc welding" },
  PAW: { zh: "等离子弧焊", en: "plasma arc welding" },
  PAC: { zh: "等离子切割", en: "plasma arc cutting" },
  OFW: { zh: "气焊", en: "oxy-fuel welding" },
  OFC: { zh: "气割", en: "oxy-fuel cutting" },
  RW: { zh: "压力焊（电阻焊）", en: "resistance welding" },
  BRAZING: { zh: "钎焊", en: "brazing" },
};

export function isWeldingProcess(value: string): value is WeldingProcess {
  return (weldingProcesses as readonly string[]).includes(value);
}
