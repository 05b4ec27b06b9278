import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { failureText } from "../../ui/api.ts";
import { Page } from "../page.tsx";
import { useWorkProgress } from "../work/use-work-progress.ts";
import { WorkTotals } from "../work/work-totals.tsx";

export function HistoryDetailPage() {
  const { t } = useTranslation();
  const { query } = useWorkProgress(useParams().workSessionId ?? "");
  return (
    <Page title={t("mobile.history.detail")} backTo="/history">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !query.data ? <p role="alert">{failureText(query.error)}</p> : null}
      {query.data ? <WorkTotals work={query.data.progress} /> : null}
    </Page>
  );
}
