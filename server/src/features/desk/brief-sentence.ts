import type { BriefSentence, StatisticsFigure } from "@hanyouxu/api";
import type { CivilDay, Text } from "@hanyouxu/rules";
import type { BriefTemplate } from "./brief-templates.ts";

type Figure = Pick<StatisticsFigure, "value" | "isWithheld">;

/** What a sentence is made of. */
export interface BriefFacts {
  day: CivilDay;
  comparedDay: CivilDay;
  figure: Figure;
  /** Undefined: there was no record of that day. */
  compared: Figure | undefined;
  digits: number;
}

/** Less of a difference is called the same. */
const SAME_PERCENT = 0.05;

/** A measure's figure in words, with how it compares; where there is no data it says so. */
export function briefText(template: BriefTemplate, facts: BriefFacts): Text {
  return { zh: sentence(template, facts, "zh"), en: sentence(template, facts, "en") };
}

/** Whether the change is one that is wanted. */
export function briefTone({ wanted, daysAhead }: BriefTemplate, facts: BriefFacts): BriefSentence["tone"] {
  const [now, before] = [facts.figure.value, facts.compared?.value ?? null];
  if (daysAhead || wanted === "neither" || now === null || before === null || now === before)
    return "neutral";
  return now > before === (wanted === "more") ? "better" : "worse";
}

function sentence(template: BriefTemplate, facts: BriefFacts, language: "zh" | "en"): string {
  const pick = (zh: string, en: string) => (language === "zh" ? zh : en);
  const { figure, day, digits } = facts;
  const when = template.daysAhead
    ? pick(`今后 ${template.daysAhead} 天`, `In the next ${template.daysAhead} days `)
    : pick(`${day} `, `${day}: `);
  const end = pick("。", ".");
  if (figure.isWithheld) {
    const few = template.said[language].replace(language === "zh" ? / ?{n} ?/ : "{n}", pick("几", "a few"));
    return `${when}${few}${pick("（人数过少，不显示）", " (too few to be told)")}${end}`;
  }
  const said =
    figure.value === null || figure.value === 0
      ? template.none[language]
      : template.said[language].replace("{n}", written(figure.value, digits));
  return `${when}${said}${template.daysAhead ? "" : comparison(template, facts, language)}${end}`;
}

function comparison(
  template: BriefTemplate,
  { figure, compared, comparedDay, digits }: BriefFacts,
  language: "zh" | "en",
): string {
  const pick = (zh: string, en: string) => (language === "zh" ? zh : en);
  const that = pick(`上周同日（${comparedDay}）`, `the same day last week (${comparedDay})`);
  if (!compared) return pick(`；${that}没有数据，不作比较`, `; there is no data of ${that}`);
  if (compared.isWithheld || compared.value === null || figure.value === null) {
    return pick(`；${that}没有可比的数字`, `; nothing of ${that} compares with it`);
  }
  const before = written(compared.value, digits);
  if (compared.value === figure.value) return pick(`，与${that}相同`, `, the same as ${that}`);
  if (compared.value === 0) return pick(`，${that}没有`, `, none on ${that}`);
  const percent = (100 * (figure.value - compared.value)) / compared.value;
  if (Math.abs(percent) < SAME_PERCENT)
    return pick(`，与${that}的 ${before} 相近`, `, near the ${before} of ${that}`);
  const much = `${Math.abs(percent).toFixed(1)}%`;
  const isTime = template.measure === "closureMinutes";
  const zhWord = percent > 0 ? (isTime ? "长" : "多") : isTime ? "短" : "少";
  const enWord = percent > 0 ? (isTime ? "longer" : "more") : isTime ? "shorter" : "fewer";
  return pick(
    `，比${that}的 ${before} ${zhWord} ${much}`,
    `, ${much} ${enWord} than the ${before} of ${that}`,
  );
}

function written(value: number, digits: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
