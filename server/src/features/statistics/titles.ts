import {
  type EnterpriseType,
  industryName,
  type StatisticsDimension,
  statisticsRegionLevels,
} from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import {
  type AlarmKind,
  alarmKindTable,
  type CertificateFamily,
  certificateFamilyTable,
  processTitles,
  startPack,
  type Text,
  type WeldingProcess,
} from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";

const text = (zh: string, en: string): Text => ({ zh, en });

export const dimensionTitles: Readonly<Record<StatisticsDimension, Text>> = {
  minute: text("分钟", "minute"),
  hour: text("小时", "hour"),
  day: text("日", "day"),
  month: text("月", "month"),
  province: text("省", "province"),
  prefecture: text("设区市", "prefecture"),
  county: text("县（市、区）", "county"),
  township: text("乡镇（街道）", "township"),
  industry: text("行业", "industry"),
  enterpriseType: text("单位类型", "enterprise type"),
  process: text("焊接工艺", "process"),
  isMobile: text("流动/固定", "mobile or fixed"),
  reason: text("拒绝原因", "reason of refusal"),
  alarmKind: text("预警类型", "kind of alarm"),
  severity: text("预警级别", "severity"),
  certificateFamily: text("证书类别", "certificate family"),
};

const enterpriseTypes: Readonly<Record<EnterpriseType, Text>> = {
  "limited-company": text("有限责任公司", "limited company"),
  "joint-stock-company": text("股份有限公司", "joint-stock company"),
  "sole-proprietorship": text("个人独资企业", "sole proprietorship"),
  partnership: text("合伙企业", "partnership"),
  "individual-business": text("个体工商户", "individual business"),
  "state-owned": text("国有企业", "state-owned enterprise"),
  "public-institution": text("事业单位", "public institution"),
  government: text("机关", "government"),
  "social-organisation": text("社会组织", "social organisation"),
  other: text("其他", "other"),
};
const severities: Readonly<Record<string, Text>> = {
  danger: text("危险", "danger"),
  warning: text("警告", "warning"),
  notice: text("提示", "notice"),
};
const movements: Readonly<Record<string, Text>> = {
  true: text("流动", "mobile"),
  false: text("固定", "fixed"),
};
const reasons = new Map(startPack.rules.map((rule) => [rule.id, rule.title]));
const unknown = text("未填写", "not known");
const noReason = text("未拒绝", "not refused");

const titlesOf: Partial<Record<StatisticsDimension, (value: string) => Text | undefined>> = {
  industry: industryName,
  enterpriseType: (value) => enterpriseTypes[value as EnterpriseType],
  process: (value) => processTitles[value as WeldingProcess],
  isMobile: (value) => movements[value],
  reason: (value) => reasons.get(value),
  alarmKind: (value) => alarmKindTable[value as AlarmKind]?.title,
  severity: (value) => severities[value],
  certificateFamily: (value) => certificateFamilyTable[value as CertificateFamily]?.title,
};

export const isRegionLevel = (dimension: StatisticsDimension): boolean =>
  (statisticsRegionLevels as readonly string[]).includes(dimension);

/** A value of a dimension in words; times and what nobody has a word for stand for themselves. */
export function titleOf(
  dimension: StatisticsDimension,
  value: string | null,
  regionNames: ReadonlyMap<string, string>,
): Text {
  if (value === null || value === "") return dimension === "reason" ? noReason : unknown;
  if (isRegionLevel(dimension)) {
    const name = regionNames.get(value) ?? value;
    return text(name, name);
  }
  const shown = value.replace("T", " ");
  return titlesOf[dimension]?.(value) ?? text(shown, shown);
}

export async function namesOfRegions(
  ctx: Pick<AppContext, "db">,
  codes: readonly string[],
): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom("regions")
    .select(["region_code", "name"])
    .where("region_code", "in", codes as RegionCode[])
    .execute();
  return new Map(rows.map(({ region_code, name }) => [region_code as string, name]));
}
