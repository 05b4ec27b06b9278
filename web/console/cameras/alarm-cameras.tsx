import { cameraRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { CameraRecordList } from "../../ui/cameras/camera-records.tsx";
import { maySee } from "../../ui/may-see.ts";
import { useMe } from "../../ui/use-me.ts";
import { Failure } from "../ui/failure.tsx";

/** Pictures come over a slow link for a while after an alarm. */
const ASKED_EVERY_MS = 5_000;

/** What the machine's cameras saw of an alarm. */
export function AlarmCameras({ alarmId }: { alarmId: string }) {
  const { t } = useTranslation();
  const mayLook = maySee(useMe().data, "people");
  const query = useQuery({
    queryKey: ["alarm-cameras", alarmId],
    queryFn: ({ signal }) => api.call(cameraRoutes.listAlarmRecords, { params: { alarmId }, signal }),
    refetchInterval: ASKED_EVERY_MS,
    enabled: mayLook,
  });
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
