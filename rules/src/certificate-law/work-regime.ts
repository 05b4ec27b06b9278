import type { Text } from "../text.ts";

/** Under which set of rules the work of an enterprise is done. One enterprise has one; `general` unless set. */
export const workRegimes = [
  "general",
  "building-site",
  "special-equipment",
  "chemical",
  "crowded-place",
] as const;

export type WorkRegime = (typeof workRegimes)[number];

export const workRegimeTitles: Readonly<Record<WorkRegime, Text>> = {
  general: { zh: "一般单位作业", en: "general work" },
  "building-site": { zh: "建筑工地", en: "building site" },
  "special-equipment": {
    zh: "特种设备（压力容器、锅炉、管道）",
    en: "special equipment (pressure vessels, boilers, pipes)",
  },
  chemical: { zh: "化工企业", en: "chemical firm" },
  "crowded-place": { zh: "人员密集场所", en: "crowded place" },
};
