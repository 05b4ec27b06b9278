import type { WorkSession } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { WorkTotals } from "./work-totals.tsx";

/** What became of it: the totals, or why the machine never closed its relay. */
export function EndedWork({ work }: { work: WorkSession }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isNotStarted = work.status === "not-started";
  return (
    <>
      <section className={`card ended ${isNotStarted ? "is-bad" : ""}`} data-status={work.status}>
        <h2>{isNotStarted ? t("mobile.work.notStarted") : t("mobile.work.ended")}</h2>
        {isNotStarted ? <p>{t("mobile.work.notStartedFix")}</p> : null}
      </section>
      <WorkTotals work={work} />
      <Button className="big" block color="primary" onClick={() => navigate("/")}>
        {t("mobile.work.home")}
      </Button>
    </>
  );
}
