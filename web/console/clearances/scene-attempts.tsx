import type { SceneCheck } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { FindingList } from "../../ui/finding-list.tsx";
import { dateTime } from "../../ui/format.ts";
import { FoundPicture } from "../../ui/found-picture.tsx";
import { CheckFacts } from "./check-facts.tsx";
import { ProgramNote } from "./program-note.tsx";

/** Every attempt with its pictures and what was found in them, the latest first. */
export function SceneAttempts({ checks }: { checks: readonly SceneCheck[] }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="scenes-title">
      <h2 id="scenes-title" className="panel-title">
        {t("console.clearances.scenes")}
      </h2>
      {checks.length === 0 ? <p className="soft">{t("console.clearances.noScenes")}</p> : null}
      {checks.map((check) => (
        <article key={check.sceneCheckId} className="scene-attempt" data-check={check.status}>
          <h3>
            {t("common.clearances.attempt", { count: check.attempt })} ·{" "}
            {t(`common.clearances.checkStatus.${check.status}`)}
          </h3>
          <p className="soft">{dateTime(check.submittedAt)}</p>
          <CheckFacts check={check} />
          <ProgramNote program={check.program} />
          <FindingList findings={check.findings} />
          <div className="scene-pictures">
            {check.evidence.map((evidence) => (
              <FoundPicture key={evidence.evidenceId} evidence={evidence} findings={check.findings} />
            ))}
          </div>
        </article>
      ))}
    </section>
  );
}
