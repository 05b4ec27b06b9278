import "./law.css";
import { type LawRule, lawPackRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { DatePicker, type TableProps } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { WideTable } from "../ui/wide-table.tsx";
import { ClauseText } from "./clause-text.tsx";
import { HOT_WORK_MOMENTS, HOT_WORK_REGIMES } from "./hot-work-words.ts";
import { LawNav } from "./law-nav.tsx";
import { RulePanel } from "./rule-panel.tsx";
import { openTitle, ruleAddress } from "./rule-words.ts";
import { useWord } from "./use-word.ts";

/** Every rule of every pack in force on a day. */
export function RulesPage() {
  const { t } = useTranslation();
  const word = useWord();
  const list = useListState();
  const asked = list.text("day");
  const rules = useQuery({
    queryKey: ["law-rules", asked],
    queryFn: ({ signal }) =>
      api.call(lawPackRoutes.listLawRules, { query: asked ? { day: asked } : {}, signal }),
    placeholderData: (previous) => previous,
  });
  const packs = rules.data?.packs ?? [];
  const [pack, text] = [list.text("pack"), list.text("text")?.toLowerCase()];
  const regime = list.oneOf("regime", HOT_WORK_REGIMES);
  const moment = list.oneOf("moment", HOT_WORK_MOMENTS);
  const says = ({ title, fix, clause, ruleId }: LawRule) =>
    [word(title), word(fix), word(clause.source), clause.article, ruleId].join(" ").toLowerCase();
  const shown = (rules.data?.rules ?? []).filter(
    (rule) =>
      (pack === undefined || rule.pack === pack) &&
      (regime === undefined || rule.regimes?.includes(regime)) &&
      (moment === undefined || rule.moments?.includes(moment)) &&
      (text === undefined || says(rule).includes(text)),
  );
  const packTitle = (id: string) => word(packs.find((one) => one.id === id)?.title ?? { zh: id, en: id });
  const columns: TableProps<LawRule>["columns"] = [
    {
      key: "title",
      title: t("console.lawPacks.rule"),
      render: (_, rule) => (
        <button
          type="button"
          className="law-open"
          data-rule={ruleAddress(rule)}
          onClick={() => list.set({ rule: ruleAddress(rule) })}
        >
          {openTitle(word(rule.title))}
        </button>
      ),
    },
    { key: "pack", title: t("console.lawPacks.pack"), render: (_, rule) => packTitle(rule.pack) },
    {
      key: "clause",
      title: t("common.reason.clause"),
      render: (_, { clause }) => <ClauseText clause={clause} />,
    },
    {
      key: "moments",
      title: t("console.lawPacks.momentLabel"),
      render: (_, { moments }) =>
        moments?.map((one) => t(`console.lawPacks.value.moment.${one}`)).join(" · ") ?? "–",
    },
    {
      key: "inForce",
      title: t("console.law.inForce"),
      render: (_, { effectiveFrom, effectiveTo }) =>
        `${effectiveFrom} – ${effectiveTo ?? t("console.law.open")}`,
    },
  ];
  const picked = list.text("rule");
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.lawPacks.nav.rules")}</h1>
        <DatePicker
          aria-label={t("console.law.day")}
          allowClear={false}
          value={rules.data ? dayjs(rules.data.day) : null}
          onChange={(day) => list.set({ day: day?.format("YYYY-MM-DD") })}
        />
      </header>
      <LawNav />
      <p className="soft">{t("console.lawPacks.rulesLead")}</p>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.lawPacks.search")} />
        <ChoiceFilter
          list={list}
          name="pack"
          label={t("console.lawPacks.pack")}
          values={packs.map(({ id }) => id)}
          wordFor={packTitle}
        />
        <ChoiceFilter
          list={list}
          name="regime"
          label={t("console.lawPacks.regimeLabel")}
          values={HOT_WORK_REGIMES}
          wordFor={(value) => t(`console.lawPacks.value.regime.${value}`)}
        />
        <ChoiceFilter
          list={list}
          name="moment"
          label={t("console.lawPacks.momentLabel")}
          values={HOT_WORK_MOMENTS}
          wordFor={(value) => t(`console.lawPacks.value.moment.${value}`)}
        />
      </FilterBar>
      {rules.isError ? <Failure error={rules.error} onRetry={rules.refetch} /> : null}
      {picked && rules.data ? <RulePanel address={picked} day={rules.data.day} /> : null}
      <WideTable<LawRule>
        size="middle"
        rowKey={ruleAddress}
        columns={columns}
        dataSource={shown}
        loading={rules.isPending}
        locale={{ emptyText: rules.isPending ? t("common.loading") : t("console.list.empty") }}
        pagination={{
          current: list.page,
          pageSize: list.pageSize,
          showSizeChanger: true,
          showTotal: (total) => t("console.list.total", { total: total.toLocaleString("en-US") }),
          onChange: list.setPage,
        }}
      />
    </main>
  );
}
