import "../clearances/clearances.css";
import "./alarms.css";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { AlarmCameras } from "../cameras/alarm-cameras.tsx";
import { AlarmRectifications } from "../rectification/alarm-rectifications.tsx";
import { Failure } from "../ui/failure.tsx";
import { PlacesPanel } from "../ui/places-panel.tsx";
import { AlarmActs } from "./alarm-acts.tsx";
import { AlarmState, AlarmSubject } from "./alarm-facts.tsx";
import { AlarmHistory } from "./alarm-history.tsx";
import { AlarmPlayback } from "./alarm-playback.tsx";
import { useAlarm } from "./use-alarm.ts";

const CLOSE_ZOOM = 15;

/** One alarm: its rule and state, what it is about, where, and all that was done. */
export function AlarmPage() {
  const { t } = useTranslation();
  const title = useAlarmTitle();
  const query = useAlarm(useParams().alarmId);
  const alarm = query.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{alarm ? title(alarm.kind) : t("console.alarms.one")}</h1>
      </header>
      {query.isPending ? <Spin description={t("common.loading")} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {alarm ? (
        <div className="machine-columns" data-handling={alarm.handling}>
          <div className="machine-side">
            <section className="panel alarm-card" aria-labelledby="state-title">
              <h2 id="state-title" className="panel-title">
                {t("console.alarms.state")}
              </h2>
              <AlarmState alarm={alarm} />
              <AlarmActs alarm={alarm} />
            </section>
            <section className="panel" aria-labelledby="subject-title">
              <h2 id="subject-title" className="panel-title">
                {t("console.alarms.subject")}
              </h2>
              <AlarmSubject alarm={alarm} />
            </section>
          </div>
          <div className="machine-side">
            {alarm.place ? (
              <PlacesPanel places={[alarm.place]} label={t("common.alarms.place")} nearestZoom={CLOSE_ZOOM} />
            ) : null}
            <AlarmCameras alarmId={alarm.alarmId} />
            <AlarmPlayback alarm={alarm} />
            <AlarmHistory alarm={alarm} />
            <AlarmRectifications alarm={alarm} />
          </div>
        </div>
      ) : null}
    </main>
  );
}
