import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { Failure } from "../ui/failure.tsx";
import { AlarmActs } from "./alarm-acts.tsx";
import { AlarmState } from "./alarm-facts.tsx";
import { whereOf } from "./alarm-words.tsx";
import { useAlarm } from "./use-alarm.ts";

/** The alarm that is looked at, beside the list: how it stands and what can be done now. */
export function AlarmCard({ alarmId }: { alarmId: string }) {
  const { t } = useTranslation();
  const title = useAlarmTitle();
  const query = useAlarm(alarmId);
  const alarm = query.data;
  return (
    <section className="panel alarm-card" aria-labelledby="alarm-title">
      {query.isPending ? <Spin description={t("common.loading")} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {alarm ? (
        <>
          <h2 id="alarm-title" className="panel-title">
            <Link to={`/alarms/${alarmId}`}>{title(alarm.kind)}</Link>
          </h2>
          <p>{[whereOf(alarm), alarm.enterpriseName].filter(Boolean).join(" · ")}</p>
          {alarm.place ? null : <p className="soft">{t("console.alarms.noPlace")}</p>}
          <AlarmState alarm={alarm} />
          <AlarmActs alarm={alarm} />
        </>
      ) : null}
    </section>
  );
}
