import { type BulkImport, importRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Alert, Progress, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { ImportActions } from "./import-actions.tsx";
import { ImportIssues } from "./import-issues.tsx";
import "./imports.css";

const LOOK_AGAIN_MS = 700;

/** One import from its check to its end, followed while the platform works on it. */
export function ImportPage() {
  const { t } = useTranslation();
  const importId = useParams().importId!;
  const found = useQuery({
    queryKey: ["import", importId],
    queryFn: ({ signal }) => api.call(importRoutes.getImport, { params: { importId }, signal }),
    refetchInterval: ({ state }) => (isAtWork(state.data) ? LOOK_AGAIN_MS : false),
  });
  const item = found.data;
  return (
    <main className="console-page">
      <div className="page-head">
        <h1 className="page-title">{item?.fileName ?? t("console.imports.title")}</h1>
        {item ? (
          <span className={`import-status is-${item.status}`} data-testid="import-status">
            {t(`console.imports.statusOf.${item.status}`)}
          </span>
        ) : null}
        <Link to="/imports">{t("console.imports.back")}</Link>
      </div>
      {found.isError ? <Failure error={found.error} onRetry={found.refetch} /> : null}
      {found.isPending ? <Spin description={t("common.loading")} /> : null}
      {item ? (
        <>
          <section className="panel">
            <h2 className="panel-title">{t(`console.imports.kind.${item.kind}`)}</h2>
            <Stage item={item} />
            <Counts item={item} />
            <ImportActions item={item} />
            <dl className="facts small">
              <dt>{t("console.imports.uploadedAt")}</dt>
              <dd>{dateTime(item.uploadedAt)}</dd>
              <dt>{t("console.imports.keptUntil")}</dt>
              <dd>{dateTime(item.fileUntil)}</dd>
              <dt>{t("console.imports.sha256")}</dt>
              <dd className="code">{item.fileSha256}</dd>
            </dl>
          </section>
          {item.rowsBad + item.warnings > 0 && item.status !== "cancelled" ? (
            <ImportIssues importId={importId} isFinal={!isAtWork(item)} />
          ) : null}
        </>
      ) : null}
    </main>
  );
}

function isAtWork(item: BulkImport | undefined): boolean {
  return item?.status === "checking" || item?.status === "applying";
}

/** Where it stands, in words; while rows are looked at, how far. */
function Stage({ item }: { item: BulkImport }) {
  const { t } = useTranslation();
  if (item.problem) return <Alert type="error" showIcon title={item.problem.message} />;
  if (item.status === "checking") {
    const { rowsDone: done, rowsTotal: total } = item;
    const text =
      total === null ? t("console.imports.reading") : t("console.imports.progress", { done, total });
    return (
      <div role="status">
        <p>{text}</p>
        <Progress aria-label={text} percent={total ? Math.round((done / total) * 100) : 0} status="active" />
      </div>
    );
  }
  if (item.status === "applying")
    return <Alert type="info" showIcon title={t("console.imports.applyingLead")} />;
  if (item.status === "checked")
    return <Alert type="info" showIcon title={t("console.imports.checkedLead")} />;
  if (item.status === "cancelled")
    return <Alert type="warning" showIcon title={t("console.imports.cancelledLead")} />;
  const values = {
    inserted: item.toInsert,
    updated: item.toUpdate,
    unchanged: item.unchanged,
    skipped: item.rowsBad,
  };
  return <Alert type="success" showIcon title={t("console.imports.appliedLead", values)} />;
}

function Counts({ item }: { item: BulkImport }) {
  const { t } = useTranslation();
  if (item.rowsTotal === null) return null;
  const counts = [
    ["total", item.rowsTotal, ""],
    ["insert", item.toInsert, "is-good"],
    ["update", item.toUpdate, ""],
    ["unchanged", item.unchanged, ""],
    ["bad", item.rowsBad, item.rowsBad > 0 ? "is-bad" : ""],
    ["warnings", item.warnings, item.warnings > 0 ? "is-warn" : ""],
    ["example", item.rowsExample, ""],
  ] as const;
  return (
    <dl className="import-counts">
      {counts.map(([key, value, tone]) => (
        <div key={key} data-count={key}>
          <dt>{t(`console.imports.counts.${key}`)}</dt>
          <dd className={tone}>{value.toLocaleString("en-US")}</dd>
        </div>
      ))}
    </dl>
  );
}
