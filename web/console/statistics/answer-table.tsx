import type {
  StatisticsAnswer,
  StatisticsFigure,
  StatisticsMeasureInfo,
  StatisticsQuestion,
} from "@hanyouxu/api";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "../../ui/use-me.ts";
import { useWord } from "../../ui/use-word.ts";
import { maySeePage } from "../layout/may-see-page.ts";
import { WideTable } from "../ui/wide-table.tsx";
import { changeText, figureText } from "./figures.ts";
import { rowsLink } from "./rows-link.ts";

interface Props {
  answer: StatisticsAnswer;
  infos: readonly StatisticsMeasureInfo[];
  dimensionTitle: (dimension: StatisticsAnswer["dimensions"][number]) => string;
  question: Pick<StatisticsQuestion, "region" | "filters">;
}
type Row = StatisticsAnswer["rows"][number];

/** Every figure of the answer, with a link to the rows that it counts. */
export function AnswerTable({ answer, infos, dimensionTitle, question }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const me = useMe().data;
  const columns: TableProps<Row>["columns"] = [
    ...answer.dimensions.map((dimension, at) => ({
      key: dimension,
      title: dimensionTitle(dimension),
      rowScope: at === 0 ? ("row" as const) : undefined!,
      render: (_: unknown, { keys }: Row) => {
        const key = keys[at];
        return key ? word(key.title) : "";
      },
    })),
    ...infos.map((info, at) => ({
      key: info.measure,
      title: <MeasureHead info={info} />,
      align: "right" as const,
      render: (_: unknown, row: Row) => {
        const figure = row.figures[at];
        const link = rowsLink(answer, row, info.measure, question);
        const isLinked = link && figure?.value && maySeePage(me, link.list);
        return figure ? (
          <FigureCell figure={figure} info={info} {...(isLinked ? { to: link.to } : {})} />
        ) : null;
      },
    })),
  ];
  return (
    <WideTable<Row>
      size="small"
      rowKey={({ keys }) => JSON.stringify(keys.map(({ value }) => value))}
      columns={columns}
      dataSource={answer.rows}
      pagination={{
        defaultPageSize: 31,
        showSizeChanger: true,
        hideOnSinglePage: true,
        showTotal: (total) => t("console.list.total", { total: total.toLocaleString("en-US") }),
      }}
      locale={{ emptyText: t("console.statistics.nothing") }}
    />
  );
}

export function MeasureHead({ info }: { info: StatisticsMeasureInfo }) {
  const { t } = useTranslation();
  const word = useWord();
  const { unit } = info;
  return (
    <abbr className="measure-head" title={word(info.meaning)}>
      {word(info.title)}
      {/* Numbers are bare, and percentages say it with each figure. */}
      {unit === "count" || unit === "percent" ? "" : ` (${t(`console.statistics.unit.${unit}`)})`}
    </abbr>
  );
}

interface CellProps {
  figure: StatisticsFigure;
  info: StatisticsMeasureInfo;
  to?: string;
}

/** A figure, the one of the period before and the change. */
export function FigureCell({ figure, info, to }: CellProps) {
  const { t } = useTranslation();
  const text = figureText(figure, info);
  const before = figure.previous && figureText(figure.previous, info);
  const change = changeText(figure, info);
  return (
    <span className="figure">
      {text === undefined ? (
        <abbr className="is-withheld" title={t("console.statistics.withheldWhy")}>
          {t("console.statistics.withheld")}
        </abbr>
      ) : to ? (
        <Link to={to}>{text}</Link>
      ) : (
        text
      )}
      {figure.previous ? (
        <small className="figure-before">
          {t("console.statistics.beforeWas", { before: before ?? t("console.statistics.withheld") })}
          {change ? ` ${change}` : ""}
        </small>
      ) : null}
    </span>
  );
}
