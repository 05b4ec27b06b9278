import type { AlarmDetail } from "@hanyouxu/api";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AlarmDeadline, AlarmFigureRows } from "../../ui/alarm-facts.tsx";
import { dateTime } from "../../ui/format.ts";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { useWord } from "../../ui/use-word.ts";
import { useDepartments } from "../governance/use-departments.ts";
import { AlarmStanding, SeverityTag } from "./alarm-words.tsx";
import { usePlatformNowMs } from "./platform-now.ts";

/** How it stands: still so or not, who has it, until when, and the numbers of its kind. */
export function AlarmState({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslation();
  const word = useWord();
  const { nameOf } = useDepartments();
  const nowMs = usePlatformNowMs();
  const { rule, severity, dueAt, assignedDepartment, assigneeName, limits } = alarm;
  const who = [assignedDepartment && (nameOf(assignedDepartment) ?? assignedDepartment), assigneeName];
  return (
    <>
      <p className="alarm-state">
        <SeverityTag severity={severity} /> <AlarmStanding alarm={alarm} />{" "}
        <AlarmDeadline dueAt={dueAt} nowMs={nowMs} />
      </p>
      <dl className="facts">
        <AlarmFigureRows data={alarm.data} />
        <dt>{t("console.alarms.raises")}</dt>
        <dd>{word(rule.raises)}</dd>
        <dt>{t("console.alarms.clears")}</dt>
        <dd>{word(rule.clears)}</dd>
        <dt>{t("console.alarms.limits")}</dt>
        <dd>
          {t("console.alarms.limitsText", {
            acknowledge: limits.acknowledgeMinutes,
            arrive: limits.arriveMinutes,
            handle: limits.handleMinutes,
            verify: limits.verifyMinutes,
          })}
        </dd>
        {dueAt ? (
          <>
            <dt>{t("console.alarms.due")}</dt>
            <dd>{dateTime(dueAt)}</dd>
          </>
        ) : null}
        <dt>{t("console.alarms.who")}</dt>
        <dd>{who.filter(Boolean).join(" · ") || "–"}</dd>
      </dl>
      {alarm.wasLate ? <p className="is-warn">{t("console.alarms.wasLate")}</p> : null}
      {alarm.wasSuppressed ? <p className="is-warn">{t("console.alarms.wasSuppressed")}</p> : null}
      {alarm.mergedInto ? (
        <p>
          <Link to={`/alarms/${alarm.mergedInto}`}>{t("console.alarms.mergedInto")}</Link>
        </p>
      ) : null}
    </>
  );
}

/** What it is about, each with the way to its page. */
export function AlarmSubject({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslation();
  const title = useAlarmTitle();
  const rows: readonly (readonly [label: string, value: ReactNode])[] = [
    [t("console.alarms.machine"), linked("/machines/", alarm.machineId, alarm.machineName)],
    [t("console.alarms.enterprise"), linked("/enterprises/", alarm.enterpriseId, alarm.enterpriseName)],
    [t("console.alarms.siteOwner"), alarm.siteOwnerName],
    [t("console.alarms.area"), linked("/key-areas/", alarm.keyAreaId, alarm.keyAreaName)],
    [t("console.alarms.region"), alarm.regionName],
    [t("console.alarms.welder"), linked("/welders/", alarm.welder?.welderId, alarm.welder?.name)],
    [
      t("console.alarms.session"),
      alarm.workSessionId && alarm.machineName
        ? linked("/sessions?text=", encodeURIComponent(alarm.machineName), t("console.alarms.toSessions"))
        : null,
    ],
    [
      t("console.alarms.clearance"),
      alarm.clearanceId && linked("/clearances/", alarm.clearanceId, t("console.alarms.toClearance")),
    ],
    [
      t("console.alarms.decision"),
      alarm.decisionId && linked("/decisions/", alarm.decisionId, t("console.alarms.toDecision")),
    ],
    [t("console.alarms.occurred"), dateTime(alarm.occurredAt)],
    [t("console.alarms.raised"), dateTime(alarm.raisedAt)],
    [
      t("console.alarms.lastRaised"),
      alarm.raisedCount > 1
        ? `${dateTime(alarm.lastRaisedAt)} · ${t("console.alarms.times", { count: alarm.raisedCount })}`
        : null,
    ],
    [t("console.alarms.cleared"), alarm.clearedAt && dateTime(alarm.clearedAt)],
    [t("console.alarms.closed"), alarm.closedAt && dateTime(alarm.closedAt)],
    [t("console.alarms.policyVersion"), alarm.policyVersion],
  ];
  return (
    <>
      <dl className="facts">
        {rows.flatMap(([label, value]) =>
          value ? [<dt key={label}>{label}</dt>, <dd key={`${label}-value`}>{value}</dd>] : [],
        )}
      </dl>
      {alarm.links.length > 0 ? (
        <>
          <h3>{t("console.alarms.links")}</h3>
          <ul>
            {alarm.links.map(({ alarmId, kind, handling }) => (
              <li key={alarmId}>
                <Link to={`/alarms/${alarmId}`}>
                  {title(kind)} · {t(`common.alarms.handling.${handling}`)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

/** Named without a way to it where the platform names no id. */
function linked(path: string, id: string | null | undefined, words: string | null | undefined): ReactNode {
  return id && words ? <Link to={`${path}${id}`}>{words}</Link> : (words ?? null);
}
