import "./clearances.css";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { failureText } from "../../ui/api.ts";
import { FoundConflicts } from "../../ui/found-conflicts.tsx";
import { WatchPanel } from "../fire-watch/watch-panel.tsx";
import { LoadFailure } from "../load-failure.tsx";
import { Page } from "../page.tsx";
import { ClearanceHead } from "./clearance-head.tsx";
import { EndedClearance } from "./ended-clearance.tsx";
import { StepList } from "./step-list.tsx";
import { type HeardClearance, isOver, useClearance } from "./use-clearance.ts";
import { WelderPanel } from "./welder-panel.tsx";

/** One clearance as its welder or its fire watch needs it; the address keeps it over a reload. */
export function ClearancePage() {
  const { t } = useTranslation();
  const query = useClearance(useParams().clearanceId ?? "");
  const heard = query.data;
  return (
    <Page title={t("mobile.clearances.title")} backTo="/clearances">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !heard ? <LoadFailure query={query} /> : null}
      {query.isError && heard ? (
        <p className="notice-warn" role="status">
          {t("mobile.clearances.old", { why: failureText(query.error) })}
        </p>
      ) : null}
      {heard ? <ClearanceHead clearance={heard.clearance} /> : null}
      {heard ? (
        <FoundConflicts conflicts={heard.clearance.conflicts} className="card stack notice-warn" />
      ) : null}
      {heard ? <Body heard={heard} /> : null}
    </Page>
  );
}

function Body({ heard }: { heard: HeardClearance }) {
  const { t } = useTranslation();
  const { clearance } = heard;
  if (isOver(clearance)) return <EndedClearance clearance={clearance} />;
  if (clearance.part === "watch") return <WatchPanel heard={heard} />;
  if (clearance.part === "welder") return <WelderPanel heard={heard} />;
  return (
    <>
      <p className="card">{t("mobile.clearances.noPart")}</p>
      <StepList steps={clearance.steps} />
    </>
  );
}
