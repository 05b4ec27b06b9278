import { cameraRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { CameraRecordList } from "../../ui/cameras/camera-records.tsx";
import { maySee } from "../../ui/may-see.ts";
import { useMe } from "../../ui/use-me.ts";

const ASKED_EVERY_MS = 10_000;

/** What the machine's cameras saw of an alarm, for who goes there; shown once it is wanted: it costs data. */
export function AlarmCameras({ alarmId }: { alarmId: string }) {
  const { t } = useTranslation();
  const mayLook = maySee(useMe().data, "people");
  const query = useQuery({
    queryKey: ["alarm-cameras", alarmId],
    queryFn: ({ signal }) => api.call(cameraRoutes.listAlarmRecords, { params: { alarmId }, signal }),
    refetchInterval: ASKED_EVERY_MS,
    enabled: mayLook,
  });
  const records = query.data;
  if (!records || records.pictures.length + records.clips.length === 0) return null;
  return (
    <section aria-labelledby="alarm-cameras-title" className="alarm-cameras">
      <h2 id="alarm-cameras-title">{t("mobile.alarms.cameras")}</h2>
      <CameraRecordList records={records} />
    </section>
  );
}
