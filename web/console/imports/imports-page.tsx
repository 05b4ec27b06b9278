import { type BulkImport, exportRoutes, importKind, importRoutes, importStatus } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useMe } from "../../ui/use-me.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { ImportKindPanel } from "./import-kind-panel.tsx";
import "./imports.css";

const IMPORT_ROLES: readonly string[] = ["operator", "regulator", "enterprise-officer"];

/** Lists come in and go out here. */
export function ImportsPage() {
  const { t } = useTranslation();
  const me = useMe().data;
  const mayImport = me?.roles.some(({ role }) => IMPORT_ROLES.includes(role)) ?? false;
  const exports = [
    [exportRoutes.exportEnterprises, "enterprises"],
    [exportRoutes.exportMachines, "machines"],
    [exportRoutes.exportWelders, "welders"],
  ] as const;
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.imports.title")}</h1>
      {mayImport ? (
        <>
          <p className="soft">{t("console.imports.lead")}</p>
          <div className="import-kinds">
            {importKind.options.map((kind) => (
              <ImportKindPanel key={kind} kind={kind} />
            ))}
          </div>
        </>
      ) : null}
      <section className="panel">
        <h2 className="panel-title">{t("console.imports.exportTitle")}</h2>
        <p className="soft">{t("console.imports.exportLead")}</p>
        <div className="import-actions">
          {exports.map(([route, list]) => (
            <ExportButton
              key={list}
              route={route}
              label={t("console.imports.exportOf", { list: t(`console.imports.kind.${list}`) })}
            />
          ))}
        </div>
      </section>
      {mayImport ? <ImportHistory /> : null}
    </main>
  );
}

function ImportHistory() {
  const { t } = useTranslation();
  const list = useListState();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    kind: list.oneOf("kind", importKind.options),
    status: list.oneOf("status", importStatus.options),
  };
  const imports = useQuery({
    queryKey: ["imports", query],
    queryFn: ({ signal }) => api.call(importRoutes.listImports, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: 5_000,
  });
  const columns: TableProps<BulkImport>["columns"] = [
    {
      key: "file",
      title: t("console.imports.file"),
      render: (_, item) => <Link to={`/imports/${item.importId}`}>{item.fileName}</Link>,
    },
    {
      key: "kind",
      title: t("console.imports.kindOf"),
      render: (_, item) => t(`console.imports.kind.${item.kind}`),
    },
    {
      key: "status",
      title: t("console.imports.status"),
      render: (_, item) => (
        <span className={`import-status is-${item.status}`}>
          {t(`console.imports.statusOf.${item.status}`)}
        </span>
      ),
    },
    { key: "rows", title: t("console.imports.rows"), render: (_, item) => item.rowsTotal ?? "–" },
    { key: "bad", title: t("console.imports.bad"), dataIndex: "rowsBad" },
    { key: "at", title: t("console.imports.uploadedAt"), render: (_, item) => dateTime(item.uploadedAt) },
    { key: "by", title: t("console.imports.uploadedBy"), dataIndex: "uploadedByName" },
  ];
  return (
    <section>
      <h2 className="panel-title">{t("console.imports.history")}</h2>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="kind"
          label={t("console.imports.kindOf")}
          values={importKind.options}
          wordFor={(kind) => t(`console.imports.kind.${kind}`)}
        />
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.imports.status")}
          values={importStatus.options}
          wordFor={(status) => t(`console.imports.statusOf.${status}`)}
        />
      </FilterBar>
      <ListTable list={list} query={imports} columns={columns} rowKey="importId" />
    </section>
  );
}
