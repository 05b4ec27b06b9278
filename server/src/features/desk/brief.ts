import type { BriefSentence, DailyBrief, StatisticsMeasure } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { addDays, type CivilDay, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import type { Person, Scope } from "../sign-in/sign-in.ts";
import {
  answerQuestion,
  countsReach,
  firstCountedDay,
  keepCounts,
  measures,
  measuresSeen,
} from "../statistics/statistics.ts";
import { type BriefFacts, briefText, briefTone } from "./brief-sentence.ts";
import { briefTemplates } from "./brief-templates.ts";

/** The last whole day in sentences, in the caller's reach; a measure that he does not see has none. */
export async function briefOf(
  ctx: Pick<AppContext, "db" | "clock" | "config">,
  person: Person,
  scope: Scope,
  region: RegionCode | undefined,
): Promise<DailyBrief> {
  const nowMs = ctx.clock.nowMs();
  const day = addDays(shanghaiDay(nowMs), -1);
  const comparedDay = addDays(day, -7);
  const seen = measuresSeen(person, region);
  const templates = briefTemplates.filter(({ measure }) => seen.includes(measure));
  const figuresOf = async (asked: readonly StatisticsMeasure[], from: CivilDay, to: CivilDay) => {
    if (asked.length === 0) return [];
    const place = region === undefined ? {} : { region };
    const question = { measures: [...asked], dimensions: [], filters: {}, isCompared: false, limit: 1 };
    return (await answerQuestion(ctx, { ...question, ...place, from, to }, countsReach(person))).totals;
  };
  await keepCounts(ctx);
  const firstDay = await firstDayWithin(ctx, scope, region);
  const isKnown = (known: CivilDay) => firstDay !== undefined && firstDay <= known;
  // Of a day without any record there is nothing to say.
  const told = templates.filter(({ daysAhead }) => daysAhead || isKnown(day));
  const past = told.filter(({ daysAhead }) => !daysAhead).map(({ measure }) => measure);
  const now = await figuresOf(past, day, day);
  const before = await figuresOf(past, comparedDay, comparedDay);
  const sentences: BriefSentence[] = [];
  for (const template of told) {
    const { measure, daysAhead } = template;
    const at = past.indexOf(measure);
    const period = daysAhead
      ? { from: addDays(day, 1), to: addDays(day, daysAhead) }
      : { from: day, to: day };
    const [figure] = daysAhead ? await figuresOf([measure], period.from, period.to) : [now[at]];
    const facts: BriefFacts = {
      day,
      comparedDay,
      figure: figure!,
      compared: !daysAhead && isKnown(comparedDay) ? before[at] : undefined,
      digits: measures[measure].digits,
    };
    sentences.push({
      measure,
      text: briefText(template, facts),
      period,
      figure: { value: facts.figure.value, isWithheld: facts.figure.isWithheld },
      compared: facts.compared
        ? {
            period: { from: comparedDay, to: comparedDay },
            figure: { value: facts.compared.value, isWithheld: facts.compared.isWithheld },
          }
        : null,
      tone: briefTone(template, facts),
    });
  }
  return { asOf: new Date(nowMs).toISOString(), day, comparedDay, firstDay: firstDay ?? null, sentences };
}

async function firstDayWithin(
  ctx: Pick<AppContext, "db">,
  scope: Scope,
  region: RegionCode | undefined,
): Promise<CivilDay | undefined> {
  const regions = region !== undefined ? [region] : scope.everywhere ? [null] : scope.regions;
  const days = await Promise.all(regions.map((code) => firstCountedDay(ctx, code)));
  return days.filter((found) => found !== undefined).sort()[0];
}
