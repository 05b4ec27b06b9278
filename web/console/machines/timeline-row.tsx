import type { TimelineEntry } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { dateTime, duration } from "../../ui/format.ts";
import { ReasonList } from "../../ui/reason-list.tsx";
import { useEndReason } from "../../ui/use-end-reason.ts";
import { StepLine } from "../machine-life/step-line.tsx";
import { EventLine, eventTone } from "./event-line.tsx";

type WorkSession = Extract<TimelineEntry, { type: "work-session" }>["workSession"];
type Decision = Extract<TimelineEntry, { type: "decision" }>["decision"];

export function TimelineRow({ entry }: { entry: TimelineEntry }) {
  return (
    <li className={`timeline-row tone-${tone(entry)}`} data-type={entry.type}>
      <time dateTime={entry.at}>{dateTime(entry.at)}</time>
      <div>
        {entry.type === "event" ? <EventLine event={entry.event} /> : null}
        {entry.type === "decision" ? <DecisionLine decision={entry.decision} /> : null}
        {entry.type === "work-session" ? <WorkLine work={entry.workSession} /> : null}
        {entry.type === "step" ? <StepLine step={entry.step} /> : null}
      </div>
    </li>
  );
}

function tone(entry: TimelineEntry): string {
  if (entry.type === "event") return eventTone(entry.event);
  if (entry.type === "decision") return entry.decision.outcome === "grant" ? "good" : "bad";
  return entry.type === "step" ? "plain" : "work";
}

function DecisionLine({ decision }: { decision: Decision }) {
  const { t } = useTranslation();
  return (
    <>
      <p>
        <strong>{t(`common.outcome.${decision.outcome}`)}</strong> {decision.welderName}{" "}
        <Link to={`/decisions/${decision.decisionId}`}>{t("console.decision.detail")}</Link>
      </p>
      {decision.reasons.length > 0 ? <ReasonList reasons={decision.reasons} /> : null}
    </>
  );
}

function WorkLine({ work }: { work: WorkSession }) {
  const { t } = useTranslation();
  const endReason = useEndReason();
  return (
    <p>
      <strong>{t(`common.sessionStatus.${work.status}`)}</strong> {work.welderName} ·{" "}
      {t("console.session.powered")} {duration(work.energisedMs)} · {t("console.session.arc")}{" "}
      {duration(work.arcMs)}
      {work.endReason ? ` · ${endReason(work.endReason)}` : null}
    </p>
  );
}
