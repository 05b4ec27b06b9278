import {
  type StatisticsDimension,
  type StatisticsQuestion,
  statisticsRegionLevels,
  statisticsRoutes,
  statisticsTimes,
} from "@hanyouxu/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { useWord } from "../../ui/use-word.ts";
import { QuestionField } from "./question-field.tsx";

interface Props {
  question: StatisticsQuestion;
  /** Dimensions that all of the chosen measures know. */
  offered: readonly StatisticsDimension[];
  dimensionTitle: (dimension: StatisticsDimension) => string;
  onAsk: (question: StatisticsQuestion) => void;
}

const notFiltered: readonly StatisticsDimension[] = [...statisticsTimes, ...statisticsRegionLevels];

/** What the answer is narrowed to: a field for each dimension that is, and one to narrow by another. */
export function FilterFields({ question, offered, dimensionTitle, onAsk }: Props) {
  const { t } = useTranslation();
  // One that has been added has no values yet, which no question can say.
  const [added, setAdded] = useState<StatisticsDimension[]>([]);
  const filtered = Object.keys(question.filters) as StatisticsDimension[];
  const shown = [...filtered, ...added.filter((dimension) => !filtered.includes(dimension))];
  const left = offered.filter((dimension) => !notFiltered.includes(dimension) && !shown.includes(dimension));
  const narrow = (dimension: StatisticsDimension, values: readonly string[]) => {
    const { [dimension]: _before, ...filters } = question.filters;
    onAsk({ ...question, filters: values.length > 0 ? { ...filters, [dimension]: [...values] } : filters });
  };
  return (
    <>
      {shown.map((dimension) => (
        <QuestionField
          key={dimension}
          label={t("console.statistics.only", { what: dimensionTitle(dimension) })}
        >
          {(label) => (
            <span className="question-filter">
              <FilterValues
                label={label}
                question={question}
                dimension={dimension}
                isOpenAtOnce={!filtered.includes(dimension)}
                onChange={(values) => {
                  setAdded((before) => [...new Set([...before, dimension])]);
                  narrow(dimension, values);
                }}
              />
              <Button
                aria-label={t("console.statistics.dropFilter", { what: dimensionTitle(dimension) })}
                onClick={() => {
                  setAdded((before) => before.filter((it) => it !== dimension));
                  narrow(dimension, []);
                }}
              >
                ×
              </Button>
            </span>
          )}
        </QuestionField>
      ))}
      {left.length > 0 ? (
        <QuestionField label={t("console.statistics.narrow")}>
          {(label) => (
            <Select
              aria-label={label}
              placeholder={t("console.statistics.addFilter")}
              value={null}
              options={left.map((dimension) => ({ value: dimension, label: dimensionTitle(dimension) }))}
              onChange={(dimension: StatisticsDimension | null) => {
                if (dimension) setAdded((before) => [...before, dimension]);
              }}
            />
          )}
        </QuestionField>
      ) : null}
    </>
  );
}

interface ValuesProps {
  label: string;
  question: StatisticsQuestion;
  dimension: StatisticsDimension;
  isOpenAtOnce: boolean;
  onChange: (values: string[]) => void;
}

/** The values that there are in the period, of what the other filters leave; and those that are chosen already. */
function FilterValues({ label, question, dimension, isOpenAtOnce, onChange }: ValuesProps) {
  const { t } = useTranslation();
  const word = useWord();
  const { [dimension]: chosen = [], ...filters } = question.filters;
  const { rank: _rank, ...unranked } = question;
  const body: StatisticsQuestion = {
    ...unranked,
    filters,
    dimensions: [dimension],
    isCompared: false,
    limit: 5_000,
  };
  const { data, isLoading } = useQuery({
    queryKey: ["statistics", body],
    queryFn: ({ signal }) => api.call(statisticsRoutes.queryStatistics, { body, signal }),
    enabled: question.measures.length > 0,
    placeholderData: keepPreviousData,
  });
  const titles = new Map(data?.rows.map(({ keys: [key] }) => [key?.value ?? "", key ? word(key.title) : ""]));
  const values = [...new Set([...titles.keys(), ...chosen])];
  return (
    <Select
      mode="multiple"
      aria-label={label}
      loading={isLoading}
      placeholder={t("console.statistics.anyValue")}
      autoFocus={isOpenAtOnce}
      maxCount={50}
      optionFilterProp="label"
      value={chosen}
      options={values.map((value) => ({ value, label: titles.get(value) ?? value }))}
      onChange={onChange}
    />
  );
}
