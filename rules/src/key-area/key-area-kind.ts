import type { WorkRegime } from "../certificate-law/work-regime.ts";
import type { Text } from "../text.ts";

/** What a key area is. */
export const keyAreaKinds = [
  "hospital",
  "care-home",
  "school",
  "mall",
  "market",
  "hotel",
  "entertainment",
  "transport-hub",
  "heritage",
  "key-enterprise",
  "warehouse",
  "chemical",
  "fuel-station",
  "construction-site",
  "other",
] as const;

export type KeyAreaKind = (typeof keyAreaKinds)[number];

export const keyAreaKindTitles: Readonly<Record<KeyAreaKind, Text>> = {
  hospital: { zh: "医院", en: "hospital" },
  "care-home": { zh: "养老机构", en: "care home" },
  school: { zh: "学校", en: "school" },
  mall: { zh: "商场", en: "mall" },
  market: { zh: "集贸市场", en: "market" },
  hotel: { zh: "宾馆饭店", en: "hotel" },
  entertainment: { zh: "娱乐场所", en: "entertainment venue" },
  "transport-hub": { zh: "交通枢纽", en: "transport hub" },
  heritage: { zh: "文物古建筑", en: "heritage building" },
  "key-enterprise": { zh: "重点企业", en: "key enterprise" },
  warehouse: { zh: "仓储物流", en: "warehouse" },
  chemical: { zh: "化工企业", en: "chemical firm" },
  "fuel-station": { zh: "加油加气站", en: "fuel station" },
  "construction-site": { zh: "建筑工地", en: "construction site" },
  other: { zh: "其他", en: "other" },
};

const CROWDED: readonly KeyAreaKind[] = [
  "hospital",
  "care-home",
  "school",
  "mall",
  "market",
  "hotel",
  "entertainment",
  "transport-hub",
];

/** The rules that work in an area of this kind falls under unless somebody says otherwise: a default, not a law. */
export function regimeOfKind(kind: KeyAreaKind): WorkRegime {
  if (CROWDED.includes(kind)) return "crowded-place";
  if (kind === "chemical" || kind === "fuel-station") return "chemical";
  if (kind === "construction-site") return "building-site";
  return "general";
}
