import { useTranslation } from "react-i18next";
import { CameraRecordList } from "../../ui/cameras/camera-records.tsx";
import { useAlarmRecords } from "../../ui/cameras/use-alarm-records.ts";
import { Failure } from "../ui/failure.tsx";

const ASKED_EVERY_MS = 5_000;

/** What the machine's cameras saw of an alarm. */
export function AlarmCameras({ alarmId }: { alarmId: string }) {
  const { t } = useTranslation();
  const { mayLook, query } = useAlarmRecords(alarmId, ASKED_EVERY_MS);
  if (!mayLook) return null;
  return (
    <section className="panel" aria-labelledby="alarm-cameras-title">
      <h2 id="alarm-cameras-title" className="panel-title">
        {t("console.cameras.title")}
      </h2>
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {query.data ? <CameraRecordList records={query.data} /> : null}
    </section>
  );
}
