import { type Appeal, appealRoutes, appealStatus } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Radio, type TableProps, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useWord } from "../../ui/use-word.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { failedItem, ReasonDialog } from "../ui/reason-dialog.tsx";
import { useListState } from "../ui/use-list-state.ts";

const COLOURS: Record<Appeal["status"], string> = { open: "gold", allowed: "green", refused: "default" };
const FOLLOW_MS = 10_000;

/** Appeals that wait, those whose time ends first before the others; decided by who did not make what is appealed. */
export function AppealsPage() {
  const { t } = useTranslation();
  const word = useWord();
  const list = useListState();
  const [asked, setAsked] = useState<Appeal>();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    status: list.oneOf("status", appealStatus.options),
  };
  const appeals = useQuery({
    queryKey: ["appeals", query],
    queryFn: ({ signal }) => api.call(appealRoutes.listAppeals, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const columns: TableProps<Appeal>["columns"] = [
    {
      key: "about",
      title: t("console.rectification.about"),
      render: (_, { about, points, subject, subjectId }) =>
        subject === "rectification" ? (
          <Link to={`/rectifications/${subjectId}`}>{word(about)}</Link>
        ) : (
          `${word(about)} ${points}`
        ),
    },
    { key: "who", title: t("console.rectification.appellant"), dataIndex: "appellantName" },
    { key: "reason", title: t("console.rectification.reason"), dataIndex: "reason" },
    {
      key: "status",
      title: t("console.machine.state"),
      render: (_, { status }) => (
        <Tag color={COLOURS[status]} data-appeal={status}>
          {t(`common.rectification.appealStatus.${status}`)}
        </Tag>
      ),
    },
    {
      key: "decideBy",
      title: t("console.rectification.decideBy"),
      render: (_, { decideBy }) => dateTime(decideBy).slice(0, 16),
    },
    {
      key: "decision",
      title: t("console.rectification.decision"),
      render: (_, appeal) =>
        appeal.mayDecide ? (
          <Button type="primary" size="small" onClick={() => setAsked(appeal)}>
            {t("console.rectification.decide")}
          </Button>
        ) : (
          appeal.decision?.reason
        ),
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.tab.appeals")}</h1>
      </header>
      <p className="soft">{t("console.rectification.appealsLead")}</p>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.machine.state")}
          values={appealStatus.options}
          wordFor={(status) => t(`common.rectification.appealStatus.${status}`)}
        />
      </FilterBar>
      <ListTable list={list} query={appeals} columns={columns} rowKey="appealId" />
      {asked ? (
        <ReasonDialog<{ isAllowed: boolean; reason: string }, Appeal>
          key={asked.appealId}
          name="appeal"
          isOpen
          title={t("console.rectification.decide")}
          lead={asked.reason}
          initial={{ isAllowed: true }}
          fields={(failures) => (
            <Form.Item name="isAllowed" {...failedItem(failures.isAllowed)}>
              <Radio.Group
                options={[
                  { value: true, label: t("console.rectification.allow") },
                  { value: false, label: t("console.rectification.refuse") },
                ]}
              />
            </Form.Item>
          )}
          send={(body) => api.call(appealRoutes.decideAppeal, { params: { appealId: asked.appealId }, body })}
          onDone={() => {
            setAsked(undefined);
            void appeals.refetch();
          }}
          onCancel={() => setAsked(undefined)}
        />
      ) : null}
    </main>
  );
}
