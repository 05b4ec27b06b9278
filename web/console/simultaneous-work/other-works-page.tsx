import { type OtherWork, otherWorkKind, otherWorkRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useMe } from "../../ui/use-me.ts";
import { ReasonButton } from "../enterprises/reason-button.tsx";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";

const FOLLOW_MS = 15_000;
const OPEN = ["true", "false"] as const;

/** Declared work of the caller's regions or firm; an officer declares and ends it here. */
export function OtherWorksPage() {
  const { t } = useTranslation();
  const list = useListState();
  const isOfficer = useMe().data?.roles.some(({ role }) => role === "enterprise-officer");
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    isOpen: list.oneOf("isOpen", OPEN),
    kind: list.oneOf("kind", otherWorkKind.options),
    text: list.text("text"),
  };
  const works = useQuery({
    queryKey: ["other-works", query],
    queryFn: ({ signal }) => api.call(otherWorkRoutes.listOtherWorks, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const columns: TableProps<OtherWork>["columns"] = [
    {
      key: "kind",
      title: t("console.simultaneousWork.kind"),
      render: (_, { kind }) => t(`common.simultaneousWork.kind.${kind}`),
    },
    { key: "firm", title: t("console.simultaneousWork.firm"), dataIndex: "enterpriseName" },
    {
      key: "place",
      title: t("console.simultaneousWork.placeDescription"),
      render: (_, row) => [row.keyAreaName, row.placeDescription, row.floor].filter(Boolean).join(" · "),
    },
    {
      key: "from",
      title: t("console.simultaneousWork.from"),
      render: (_, row) => dateTime(row.plannedFrom),
    },
    {
      key: "to",
      title: t("console.simultaneousWork.to"),
      render: (_, row) => dateTime(row.endedAt ?? row.plannedTo),
    },
    {
      key: "status",
      title: t("console.simultaneousWork.state"),
      render: (_, { status }) => (
        <span data-state={status}>{t(`console.simultaneousWork.status.${status}`)}</span>
      ),
    },
    {
      key: "contact",
      title: t("console.simultaneousWork.contactName"),
      render: (_, { contact }) => (contact ? `${contact.name} ${contact.phone}` : "–"),
    },
    {
      key: "actions",
      title: t("common.table.actions"),
      render: (_, { otherWorkId, mayEnd }) =>
        mayEnd ? (
          <ReasonButton
            size="small"
            word={t("console.simultaneousWork.end")}
            lead={t("console.simultaneousWork.endLead")}
            send={(reason) =>
              api.call(otherWorkRoutes.endOtherWork, { params: { otherWorkId }, body: { reason } })
            }
            onDone={() => void works.refetch()}
          />
        ) : null,
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.simultaneousWork.works")}</h1>
        {isOfficer ? (
          <div className="page-actions">
            <Link to="/other-works/new">{t("console.simultaneousWork.declare")}</Link>
          </div>
        ) : null}
      </header>
      <p className="soft">{t("console.simultaneousWork.worksLead")}</p>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.simultaneousWork.search")} />
        <ChoiceFilter
          list={list}
          name="isOpen"
          label={t("console.clearances.openOrEnded")}
          values={OPEN}
          wordFor={(open) =>
            t(open === "true" ? "console.clearances.onlyOpen" : "console.clearances.onlyEnded")
          }
        />
        <ChoiceFilter
          list={list}
          name="kind"
          label={t("console.simultaneousWork.kind")}
          values={otherWorkKind.options}
          wordFor={(kind) => t(`common.simultaneousWork.kind.${kind}`)}
        />
      </FilterBar>
      <ListTable list={list} query={works} columns={columns} rowKey="otherWorkId" />
    </main>
  );
}
