import type { StatisticsAnswer, StatisticsFigure, StatisticsMeasure } from "@hanyouxu/api";
import type { CivilDay } from "@hanyouxu/rules";
import { measures } from "../statistics/statistics.ts";
import { coverageOf } from "./key-figures.ts";
import type { ReportWords } from "./report-words.ts";

interface Found {
  /** Wanted, and not for the owner to see. */
  unseen: readonly StatisticsMeasure[];
  /** The report's month and those it is compared with. */
  months: readonly string[];
  firstDay: CivilDay | undefined;
  now: Pick<StatisticsAnswer, "measures" | "totals">;
  /** Everything that was asked. */
  answers: readonly StatisticsAnswer[];
  least: number;
}

/** What a report does not say, and why: nothing is left out silently, and nothing is made up. */
export function missingFigures(found: Found, { pick, word, list }: ReportWords): string[] {
  const { unseen, months, firstDay, now, answers, least } = found;
  const named = (keys: Iterable<StatisticsMeasure>) =>
    list([...keys].map((key) => word(measures[key].title)));
  const lines: string[] = [];
  for (const month of months) {
    const coverage = coverageOf(month, firstDay);
    if (coverage === "none") {
      const since = firstDay ?? pick("尚无记录", "no record yet");
      lines.push(
        pick(
          `${month} 没有作业、开机、预警与动火许可的记录（最早记录：${since}）。`,
          `Of ${month} there is no record of work, starts, alarms and clearances (the first record: ${since}).`,
        ),
      );
    }
    if (coverage === "part") {
      lines.push(
        pick(
          `${month} 可能不完整：最早记录为 ${firstDay}。`,
          `${month} may not be whole: the first record is of ${firstDay}.`,
        ),
      );
    }
  }
  if (unseen.length > 0) {
    lines.push(
      pick(
        `按部门权限不可见，未列入：${named(unseen)}。`,
        `Not to be seen by the owner's department, so left out: ${named(unseen)}.`,
      ),
    );
  }
  const withheld = measuresWith(answers, ({ isWithheld }) => isWithheld);
  if (withheld.size > 0) {
    lines.push(
      pick(
        `人数少于 ${least}，或可由其他数字推算出来的，不显示：${named(withheld)}。`,
        `Withheld where fewer than ${least} people, or where it would give them away: ${named(withheld)}.`,
      ),
    );
  }
  const undivided = now.measures.filter((_, at) => {
    const { value, isWithheld } = now.totals[at]!;
    return value === null && !isWithheld;
  });
  if (undivided.length > 0) {
    lines.push(
      pick(
        `本月没有可计算的基数，写作“–”：${named(undivided)}。`,
        `Nothing to divide by in the month, written “–”: ${named(undivided)}.`,
      ),
    );
  }
  return lines;
}

function measuresWith(
  answers: readonly StatisticsAnswer[],
  holds: (figure: StatisticsFigure) => boolean,
): Set<StatisticsMeasure> {
  return new Set(
    answers.flatMap(({ measures: asked, rows, totals }) =>
      asked.filter((_, at) => [...rows, { figures: totals }].some(({ figures }) => holds(figures[at]!))),
    ),
  );
}
