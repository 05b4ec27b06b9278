import {
  type StatisticsDimension,
  type StatisticsMeasureInfo,
  type StatisticsQuestion,
  statisticsTimes,
} from "@hanyouxu/api";
import { DatePicker, Select, Switch } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useWord } from "../../ui/use-word.ts";
import { useCommandedRegions } from "../region-orders/use-commanded-regions.ts";
import { FilterFields } from "./filter-fields.tsx";
import { QuestionField } from "./question-field.tsx";

interface Props {
  question: StatisticsQuestion;
  measures: readonly StatisticsMeasureInfo[];
  dimensionTitle: (dimension: StatisticsDimension) => string;
  onAsk: (question: StatisticsQuestion) => void;
}

const TOP = [10, 20, 50, 100] as const;
const ALL_ROWS = 5_000;
const isTime = (dimension: StatisticsDimension) => (statisticsTimes as readonly string[]).includes(dimension);

/** What is asked: measures, dimensions, region, days, comparison and rank. */
export function QuestionFields({ question, measures, dimensionTitle, onAsk }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const regions = useCommandedRegions();
  const chosen = measures.filter(({ measure }) => question.measures.includes(measure));
  // Only what all of the chosen measures know, and what is chosen already, so that it can be taken away.
  const known = measures[0]?.dimensions.concat(...measures.map(({ dimensions }) => dimensions)) ?? [];
  const offered = [...new Set(known)].filter(
    (dimension) =>
      question.dimensions.includes(dimension) ||
      chosen.every(({ dimensions }) => dimensions.includes(dimension)),
  );
  const option = (dimension: StatisticsDimension) => ({ value: dimension, label: dimensionTitle(dimension) });
  const time = question.dimensions.find(isTime);
  const others = question.dimensions.filter((dimension) => !isTime(dimension));
  const { rank: _rank, ...unranked } = question;
  const { region: _region, ...everywhere } = question;
  return (
    <search className="question panel" aria-label={t("console.statistics.question")}>
      <QuestionField label={t("console.statistics.measures")} isWide>
        {(label) => (
          <Select
            mode="multiple"
            aria-label={label}
            placeholder={label}
            maxCount={8}
            optionFilterProp="label"
            value={question.measures}
            options={measures.map(({ measure, title }) => ({ value: measure, label: word(title) }))}
            onChange={(wanted) => {
              const isRankKept = question.rank && wanted.includes(question.rank.measure);
              onAsk({ ...(isRankKept ? question : unranked), measures: wanted });
            }}
          />
        )}
      </QuestionField>
      <QuestionField label={t("console.statistics.time")}>
        {(label) => (
          <Select
            aria-label={label}
            allowClear
            placeholder={t("console.statistics.wholePeriod")}
            value={time ?? null}
            options={offered.filter(isTime).map(option)}
            onChange={(value: StatisticsDimension | null) =>
              onAsk({ ...question, dimensions: value ? [value, ...others] : others })
            }
          />
        )}
      </QuestionField>
      <QuestionField label={t("console.statistics.days")}>
        {(label) => (
          <DatePicker.RangePicker
            aria-label={label}
            allowClear={false}
            value={[dayjs(question.from), dayjs(question.to)]}
            onChange={(days) => {
              const [from, to] = [days?.[0]?.format("YYYY-MM-DD"), days?.[1]?.format("YYYY-MM-DD")];
              if (from && to) onAsk({ ...question, from, to });
            }}
          />
        )}
      </QuestionField>
      <QuestionField label={t("console.statistics.dimensions")} isWide>
        {(label) => (
          <Select
            mode="multiple"
            aria-label={label}
            placeholder={t("console.statistics.notBrokenDown")}
            maxCount={time ? 2 : 3}
            value={others}
            options={offered.filter((dimension) => !isTime(dimension)).map(option)}
            onChange={(wanted: StatisticsDimension[]) =>
              onAsk({ ...question, dimensions: time ? [time, ...wanted] : wanted })
            }
          />
        )}
      </QuestionField>
      <QuestionField label={t("console.statistics.region")}>
        {(label) => (
          <Select
            aria-label={label}
            allowClear
            showSearch
            optionFilterProp="label"
            placeholder={t("console.statistics.allRegions")}
            value={question.region ?? null}
            options={regions ?? []}
            onChange={(region: string | null) => onAsk(region ? { ...question, region } : everywhere)}
          />
        )}
      </QuestionField>
      <FilterFields
        question={question}
        offered={known.filter(
          (dimension, at) =>
            known.indexOf(dimension) === at &&
            chosen.every(({ dimensions }) => dimensions.includes(dimension)),
        )}
        dimensionTitle={dimensionTitle}
        onAsk={onAsk}
      />
      <QuestionField label={t("console.statistics.rank")}>
        {(label) => (
          <Select
            aria-label={label}
            allowClear
            placeholder={t("console.statistics.inOrder")}
            value={question.rank?.measure ?? null}
            options={chosen.map(({ measure, title }) => ({ value: measure, label: word(title) }))}
            onChange={(measure) =>
              onAsk(
                measure
                  ? { ...question, rank: { measure, isDescending: true } }
                  : { ...unranked, limit: ALL_ROWS },
              )
            }
          />
        )}
      </QuestionField>
      {question.rank ? (
        <QuestionField label={t("console.statistics.top")}>
          {(label) => (
            <Select
              aria-label={label}
              value={question.limit}
              options={[
                ...TOP.map((count) => ({ value: count, label: t("console.statistics.topCount", { count }) })),
                { value: ALL_ROWS, label: t("console.statistics.allRows") },
              ]}
              onChange={(limit: number) => onAsk({ ...question, limit })}
            />
          )}
        </QuestionField>
      ) : null}
      <QuestionField label={t("console.statistics.compare")}>
        {(label) => (
          <Switch
            aria-label={label}
            checked={question.isCompared}
            onChange={(isCompared) => onAsk({ ...question, isCompared })}
          />
        )}
      </QuestionField>
    </search>
  );
}
