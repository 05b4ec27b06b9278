import { forecastParameters, INTERVAL_SHARE, riskWeights } from "@hanyouxu/rules";
import { simulateYear } from "@hanyouxu/simulator";
import { type Bench, wholeNumber } from "../bench.ts";
import { rounded } from "../statistics.ts";
import { forecastsOf, rankingsOf } from "../trends/score-year.ts";

/** Parameters of the forecast and weights of the score were chosen on these years; the figures are those of others. */
const TUNED_ON = { first: 1, last: 12 };
/** How far from what is meant the intervals may be. */
const COVERAGE_SLACK = 0.07;

export const trends: Bench = {
  name: "trends",
  description: "forecasts of work and alarms against last week's same hour; firms' risk against alarms alone",
  options: {
    "first-seed": {
      description: "of the years; 1 to 12 are those the parameters were chosen on",
      default: "1001",
    },
    years: { description: "simulated years of a county", default: "6" },
  },
  async run(options, say) {
    const firstSeed = wholeNumber(options, "first-seed", 1, 1_000_000);
    const count = wholeNumber(options, "years", 1, 100);
    const years = Array.from({ length: count }, (_, index) => {
      const year = simulateYear(firstSeed + index);
      say(`trends: ${index + 1} of ${count}`);
      return { seed: firstSeed + index, ...forecastsOf(year), ...rankingsOf(year) };
    });
    const mean = (of: (year: (typeof years)[number]) => number) =>
      rounded(years.reduce((sum, year) => sum + of(year), 0) / years.length);
    const better = years.every(
      ({ work, alarms, score, alarmCount }) =>
        work.mae < work.naiveMae &&
        alarms.mae < alarms.naiveMae &&
        [work, alarms].every(({ coverage }) => Math.abs(coverage - INTERVAL_SHARE) <= COVERAGE_SLACK) &&
        score.auc > alarmCount.auc &&
        score.precision > alarmCount.precision,
    );
    return {
      value: mean(({ work }) => work.mae),
      unit: "machines at work, mean absolute error of an hour up to a week ahead",
      peer: "last week's same hour",
      peerValue: mean(({ work }) => work.naiveMae),
      target: {
        text: `in every year both forecasts are nearer than last week's figure, ${INTERVAL_SHARE * 100} ± ${Math.round(COVERAGE_SLACK * 100)} % lie within the interval, and the score foretells next month's incidents better than the number of alarms (AUC and first tenth)`,
        isMet: better,
      },
      parameters: {
        firstSeed,
        years: count,
        firms: 200,
        tunedOn: `${TUNED_ON.first}–${TUNED_ON.last}`,
        weightsVersion: riskWeights.version,
        ...forecastParameters,
      },
      repetitions: 1,
      details: {
        alarmsADay: {
          mae: mean(({ alarms }) => alarms.mae),
          naiveMae: mean(({ alarms }) => alarms.naiveMae),
          mase: mean(({ alarms }) => alarms.mase ?? 0),
          coverage: mean(({ alarms }) => alarms.coverage),
        },
        workAnHour: {
          mase: mean(({ work }) => work.mase ?? 0),
          coverage: mean(({ work }) => work.coverage),
        },
        risk: {
          byScore: { auc: mean(({ score }) => score.auc), firstTenth: mean(({ score }) => score.precision) },
          byAlarms: {
            auc: mean(({ alarmCount }) => alarmCount.auc),
            firstTenth: mean(({ alarmCount }) => alarmCount.precision),
          },
          byWork: {
            auc: mean(({ workVolume }) => workVolume.auc),
            firstTenth: mean(({ workVolume }) => workVolume.precision),
          },
          ofAllFirms: mean(({ base }) => base),
        },
        years: years.map(({ seed, work, alarms, score, alarmCount }) => ({
          seed,
          work: `${rounded(work.mae)} : ${rounded(work.naiveMae)}, ${rounded(work.coverage)}`,
          alarms: `${rounded(alarms.mae)} : ${rounded(alarms.naiveMae)}, ${rounded(alarms.coverage)}`,
          auc: `${rounded(score.auc)} : ${rounded(alarmCount.auc)}`,
          firstTenth: `${rounded(score.precision)} : ${rounded(alarmCount.precision)}`,
        })),
      },
    };
  },
};
