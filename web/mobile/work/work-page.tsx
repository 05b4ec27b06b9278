import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { failureText } from "../../ui/api.ts";
import { OpenClearances } from "../clearances/open-clearances.tsx";
import { Page } from "../page.tsx";
import { EndedWork } from "./ended-work.tsx";
import { OpenWorkPanel } from "./open-work-panel.tsx";
import { isOpen, OWN_WORK_KEY } from "./use-open-work.ts";
import { useWorkProgress } from "./use-work-progress.ts";

/** One work session from the grant to its end; the address keeps it over a reload. */
export function WorkPage() {
  const { t } = useTranslation();
  const workSessionId = useParams().workSessionId ?? "";
  const client = useQueryClient();
  const { query, isLost } = useWorkProgress(workSessionId);
  const status = query.data?.progress.status;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new status makes the lists old.
  useEffect(() => {
    void client.invalidateQueries({ queryKey: OWN_WORK_KEY });
  }, [status, client]);

  return (
    <Page title={t("mobile.work.title")} backTo="/">
      <OpenClearances />
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !query.data ? (
        <section className="card stack" role="alert">
          <p>{failureText(query.error)}</p>
          <Button className="big" block color="primary" onClick={() => void query.refetch()}>
            {t("common.retry")}
          </Button>
        </section>
      ) : null}
      {query.data && isOpen(query.data.progress) ? (
        <OpenWorkPanel heard={query.data} isLost={isLost} />
      ) : null}
      {query.data && !isOpen(query.data.progress) ? <EndedWork work={query.data.progress} /> : null}
    </Page>
  );
}
