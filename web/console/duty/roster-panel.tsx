import { dutyRoutes, type RosterWeek } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { dateTime, shortDateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { RosterForms } from "./roster-forms.tsx";
import type { Station } from "./team-panel.tsx";

const DAY_MS = 86_400_000;
const plusDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The roster, a week at a time. */
export function RosterPanel({ station, mayManage }: { station: Station; mayManage: boolean }) {
  const { t } = useTranslation();
  const { fireStationId } = station;
  const [day, setDay] = useState(() => dateTime(new Date().toISOString()).slice(0, 10));
  const week = useQuery({
    queryKey: ["roster", fireStationId, day],
    queryFn: ({ signal }) =>
      api.call(dutyRoutes.getRoster, { params: { fireStationId }, query: { day }, signal }),
    placeholderData: (previous) => previous,
  });
  const change = useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSettled: () => week.refetch(),
  });
  return (
    <section className="panel" data-testid="roster">
      <h2 className="panel-title">{t("console.duty.roster")}</h2>
      <p className="duty-row">
        <Button onClick={() => setDay(plusDays(day, -7))}>{t("console.duty.previous")}</Button>
        <span>{week.data ? t("console.duty.week", { from: week.data.from }) : null}</span>
        <Button onClick={() => setDay(plusDays(day, 7))}>{t("console.duty.next")}</Button>
      </p>
      {week.isPending ? <Spin description={t("common.loading")} /> : null}
      {week.isError ? <Failure error={week.error} onRetry={week.refetch} /> : null}
      {week.data ? (
        <WeekTable
          week={week.data}
          mayManage={mayManage}
          onEndShift={(rosterShiftId) =>
            change.mutate(() =>
              api.call(dutyRoutes.endRosterShift, { params: { fireStationId, rosterShiftId } }),
            )
          }
          onTakeBack={(rosterExceptionId) =>
            change.mutate(() =>
              api.call(dutyRoutes.removeRosterException, { params: { fireStationId, rosterExceptionId } }),
            )
          }
        />
      ) : null}
      {change.isError ? <p role="alert">{failureText(change.error)}</p> : null}
      {mayManage && station.team.length > 0 ? (
        <RosterForms station={station} day={day} onChanged={week.refetch} />
      ) : null}
    </section>
  );
}

interface TableProps {
  week: RosterWeek;
  mayManage: boolean;
  onEndShift: (rosterShiftId: string) => void;
  onTakeBack: (rosterExceptionId: string) => void;
}

function WeekTable({ week, mayManage, onEndShift, onTakeBack }: TableProps) {
  const { t } = useTranslation();
  const days = [0, 1, 2, 3, 4, 5, 6].map((index) => plusDays(week.from, index));
  return (
    <table className="duty-week">
      <thead>
        <tr>
          <th scope="col">{t("console.duty.day")}</th>
          <th scope="col">{t("console.duty.shifts")}</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day, index) => {
          const shifts = week.shifts.filter((shift) => shift.day === day);
          const absences = week.absences.filter((absence) => absence.day === day);
          return (
            <tr key={day}>
              <th scope="row">
                {t(`console.duty.weekday.d${(index + 1) as 1}`)} {day.slice(5)}
              </th>
              <td>
                {shifts.length === 0 ? <span className="soft">{t("console.duty.nobody")}</span> : null}
                <ul className="duty-list">
                  {shifts.map((shift) => (
                    <li key={`${shift.rosterShiftId}${shift.rosterExceptionId}`}>
                      <span>
                        {shift.name} {shortDateTime(shift.startsAt)} – {shortDateTime(shift.endsAt)}
                        {shift.source === "extra" ? ` · ${t("console.duty.extra")}` : ""}
                      </span>
                      {mayManage && shift.rosterShiftId ? (
                        <Button size="small" onClick={() => onEndShift(shift.rosterShiftId!)}>
                          {t("console.duty.endShift")}
                        </Button>
                      ) : null}
                      {mayManage && shift.rosterExceptionId ? (
                        <Button size="small" onClick={() => onTakeBack(shift.rosterExceptionId!)}>
                          {t("console.duty.takeBack")}
                        </Button>
                      ) : null}
                    </li>
                  ))}
                  {absences.map(({ rosterExceptionId, name, reason }) => (
                    <li key={rosterExceptionId}>
                      <span>
                        {name} · {t("console.duty.absent")} · {reason}
                      </span>
                      {mayManage ? (
                        <Button size="small" onClick={() => onTakeBack(rosterExceptionId)}>
                          {t("console.duty.takeBack")}
                        </Button>
                      ) : null}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
