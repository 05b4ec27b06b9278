import { type AuditEntryView, auditRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Input, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { DateFilter } from "../ui/date-filter.tsx";
import { endOfDay, startOfDay } from "../ui/days.ts";
import { FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";

const FILTERS = ["actor", "action", "subject"] as const;

/** Who did or read what, within one's regions, and whether the log is whole. */
export function AuditPage() {
  const { t } = useTranslation();
  const list = useListState();
  const [from, to] = [list.text("from"), list.text("to")];
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    actor: list.text("actor"),
    action: list.text("action"),
    subject: list.text("subject"),
    from: from && startOfDay(from),
    to: to && endOfDay(to),
  };
  const entries = useQuery({
    queryKey: ["audit", query],
    queryFn: ({ signal }) => api.call(auditRoutes.listAudit, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const verify = useMutation({ mutationFn: () => api.call(auditRoutes.verifyAudit, {}) });
  const columns: TableProps<AuditEntryView>["columns"] = [
    { key: "seq", title: t("console.sharing.audit.seq"), dataIndex: "seq" },
    { key: "at", title: t("console.sharing.audit.at"), render: (_, { at }) => dateTime(at) },
    {
      key: "actor",
      title: t("console.sharing.audit.actor"),
      render: (_, { actor, actorName }) => (
        <Button type="link" size="small" title={actor} onClick={() => list.set({ actor })}>
          {actorName ?? actor}
        </Button>
      ),
    },
    { key: "action", title: t("console.sharing.audit.action"), dataIndex: "action", className: "code" },
    { key: "subject", title: t("console.sharing.audit.subject"), dataIndex: "subject", className: "code" },
    {
      key: "details",
      title: t("console.sharing.audit.details"),
      render: (_, { details }) => <span className="code small">{JSON.stringify(details)}</span>,
    },
  ];
  const report = verify.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.tab.audit")}</h1>
        <div className="page-actions">
          <Button loading={verify.isPending} onClick={() => verify.mutate()}>
            {t("console.sharing.audit.verify")}
          </Button>
        </div>
      </header>
      {verify.isError ? <Alert type="error" showIcon title={failureText(verify.error)} /> : null}
      {report ? (
        <Alert
          type={report.brokenAt === null ? "success" : "error"}
          showIcon
          title={
            report.brokenAt === null
              ? t("console.sharing.audit.whole", { entries: report.entries })
              : t("console.sharing.audit.broken", { at: report.brokenAt })
          }
          description={
            <span className="code">{t("console.sharing.audit.head", { hash: report.headHash })}</span>
          }
        />
      ) : null}
      <FilterBar list={list}>
        {FILTERS.map((name) => (
          <Input.Search
            key={`${name}-${list.text(name) ?? ""}`}
            className="filter-text"
            allowClear
            defaultValue={list.text(name) ?? ""}
            placeholder={t(`console.sharing.audit.${name}`)}
            aria-label={t(`console.sharing.audit.${name}`)}
            maxLength={100}
            onSearch={(text) => list.set({ [name]: text.trim() })}
          />
        ))}
        <DateFilter list={list} />
      </FilterBar>
      <ListTable list={list} query={entries} columns={columns} rowKey="seq" />
    </main>
  );
}
