import type { Language, StatisticsMeasureInfo } from "@hanyouxu/api";
import type { Text } from "@hanyouxu/rules";

const text = (zh: string, en: string): Text => ({ zh, en });

const units: Readonly<Record<StatisticsMeasureInfo["unit"], Text>> = {
  count: text("", ""),
  hours: text("（小时）", " (h)"),
  kilowattHours: text("（千瓦时）", " (kWh)"),
  minutes: text("（分钟）", " (min)"),
  percent: text("（%）", " (%)"),
};

/** The report's own words in one language; places in braces are filled in by name. */
export function reportWords(language: Language) {
  const word = ({ zh, en }: Text) => (language === "en" ? en : zh);
  const pick = (zh: string, en: string) => word({ zh, en });
  return {
    word,
    pick,
    unit: (unit: StatisticsMeasureInfo["unit"]) => word(units[unit]),
    withheld: pick("不显示", "withheld"),
    noData: pick("无数据", "no data"),
    list: (parts: readonly string[]) => parts.join(pick("、", ", ")),
  };
}
export type ReportWords = ReturnType<typeof reportWords>;
