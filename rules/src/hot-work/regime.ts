import type { WorkRegime } from "../certificate-law/work-regime.ts";
import type { Text } from "../text.ts";

/** Under which rules a piece of hot work is done: those of a work regime, of a kind of place, or a preset abroad. */
export const hotWorkRegimes = [
  "general",
  "chemical",
  "building-site",
  "crowded-place",
  "entertainment-venue",
  "us-osha",
  "us-nfpa",
  "uk-joint-code",
] as const;
export type HotWorkRegime = (typeof hotWorkRegimes)[number];

export const hotWorkRegimeTitles: Readonly<Record<HotWorkRegime, Text>> = {
  general: { zh: "一般单位作业", en: "general work" },
  chemical: { zh: "化工企业", en: "chemical firm" },
  "building-site": { zh: "建筑工地", en: "building site" },
  "crowded-place": { zh: "人员密集场所", en: "crowded place" },
  "entertainment-venue": { zh: "公共娱乐场所", en: "entertainment venue" },
  "us-osha": { zh: "美国 OSHA", en: "US, OSHA" },
  "us-nfpa": { zh: "美国 NFPA 51B", en: "US, NFPA 51B" },
  "uk-joint-code": { zh: "英国联合规范", en: "UK, Joint Code" },
};

/** The hot-work rules of an enterprise's work regime: special equipment has rules on certificates, none on hot work. */
export function hotWorkRegimeOf(regime: WorkRegime): HotWorkRegime {
  return regime === "special-equipment" ? "general" : regime;
}
