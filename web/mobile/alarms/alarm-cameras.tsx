import { useTranslation } from "react-i18next";
import { CameraRecordList } from "../../ui/cameras/camera-records.tsx";
import { useAlarmRecords } from "../../ui/cameras/use-alarm-records.ts";

const ASKED_EVERY_MS = 10_000;

/** What the machine's cameras saw of an alarm, for who goes there; shown once it is wanted: it costs data. */
export function AlarmCameras({ alarmId }: { alarmId: string }) {
  const { t } = useTranslation();
  const records = useAlarmRecords(alarmId, ASKED_EVERY_MS).query.data;
  if (!records || records.pictures.length + records.clips.length === 0) return null;
  return (
    <section aria-labelledby="alarm-cameras-title" className="alarm-cameras">
      <h2 id="alarm-cameras-title">{t("mobile.alarms.cameras")}</h2>
      <CameraRecordList records={records} />
    </section>
  );
}
