import { type BulkImport, type ImportMode, importRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { saveFile } from "./files.ts";

/** What the person can do with an import now. */
export function ImportActions({ item }: { item: BulkImport }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const params = { importId: item.importId };
  const onSuccess = (next: BulkImport) => client.setQueryData(["import", item.importId], next);
  const apply = useMutation({
    mutationFn: (mode: ImportMode) => api.call(importRoutes.applyImport, { params, body: { mode } }),
    onSuccess,
  });
  const cancel = useMutation({
    mutationFn: () => api.call(importRoutes.cancelImport, { params }),
    onSuccess,
  });
  const report = useMutation({
    mutationFn: () => saveFile(importRoutes.downloadImportReport.path.replace(":importId", item.importId)),
  });
  const failure = apply.error ?? cancel.error ?? report.error;
  const good = item.toInsert + item.toUpdate + item.unchanged;
  const isOpen = item.status === "checking" || item.status === "checked" || item.status === "applying";
  const hasReport =
    item.rowsBad + item.warnings > 0 && (item.status === "checked" || item.status === "applied");
  return (
    <>
      {item.status === "checked" && good === 0 ? (
        <p className="is-warn">{t("console.imports.nothing")}</p>
      ) : null}
      <div className="import-actions">
        {item.status === "checked" && good > 0 ? (
          <Button
            type="primary"
            loading={apply.isPending}
            onClick={() => apply.mutate(item.rowsBad > 0 ? "skip-bad-rows" : "all-or-nothing")}
          >
            {t(item.rowsBad > 0 ? "console.imports.applySkip" : "console.imports.applyAll")}
          </Button>
        ) : null}
        {hasReport ? (
          <Button loading={report.isPending} onClick={() => report.mutate()}>
            {t("console.imports.report")}
          </Button>
        ) : null}
        {isOpen ? (
          <Button danger loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t("console.imports.cancel")}
          </Button>
        ) : null}
      </div>
      {failure ? <Alert type="error" showIcon title={failureText(failure)} /> : null}
    </>
  );
}
