import { cameraRoutes, type MachineCamera } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { CameraRecordList, useCameraName } from "../../ui/cameras/camera-records.tsx";
import { maySee } from "../../ui/may-see.ts";
import { useMe } from "../../ui/use-me.ts";
import { Failure } from "../ui/failure.tsx";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { LiveView } from "./live-view.tsx";

const ASKED_EVERY_MS = 5_000;

/** A machine's cameras: who watches, a picture on request, what they see now, what they took. */
export function MachineCameras({ machineId }: { machineId: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [isAsking, setIsAsking] = useState(false);
  const [isShown, setIsShown] = useState(false);
  const mayLook = maySee(useMe().data, "people");
  const cameras = useQuery({
    queryKey: ["machine-cameras", machineId],
    queryFn: ({ signal }) => api.call(cameraRoutes.listMachineCameras, { params: { machineId }, signal }),
    refetchInterval: ASKED_EVERY_MS,
    enabled: mayLook,
  });
  const records = useQuery({
    queryKey: ["machine-camera-records", machineId],
    queryFn: ({ signal }) =>
      api.call(cameraRoutes.listMachineRecords, { params: { machineId }, query: { limit: 12 }, signal }),
    refetchInterval: ASKED_EVERY_MS,
    // Nothing is read, and so nothing written down, before somebody wants to look.
    enabled: mayLook && isShown,
  });
  if (!mayLook) return null;
  const known = cameras.data?.cameras ?? [];
  return (
    <section className="panel" aria-labelledby="machine-cameras-title">
      <h2 id="machine-cameras-title" className="panel-title">
        {t("console.cameras.title")}
      </h2>
      {cameras.isError ? <Failure error={cameras.error} onRetry={cameras.refetch} /> : null}
      {cameras.data && known.length === 0 ? <p className="soft">{t("console.cameras.unknown")}</p> : null}
      {known.map((camera) => (
        <CameraWatch key={camera.cameraId} camera={camera} />
      ))}
      <div className="camera-actions">
        <Button onClick={() => setIsAsking(true)}>{t("console.cameras.request")}</Button>
        {isShown ? null : <Button onClick={() => setIsShown(true)}>{t("console.cameras.show")}</Button>}
      </div>
      {records.isError ? <Failure error={records.error} onRetry={records.refetch} /> : null}
      {records.data ? <CameraRecordList records={records.data} /> : null}
      <ReasonDialog
        name="picture-request"
        isOpen={isAsking}
        title={t("console.cameras.request")}
        lead={t("console.cameras.requestLead")}
        send={(body: { reason: string }) =>
          api.call(cameraRoutes.requestPicture, { params: { machineId }, body })
        }
        onCancel={() => setIsAsking(false)}
        onDone={() => {
          setIsAsking(false);
          setIsShown(true);
          void message.success(t("console.cameras.requested"));
        }}
      />
    </section>
  );
}

/** One camera: who watches it now, and a way to do so. */
function CameraWatch({ camera }: { camera: MachineCamera }) {
  const { t } = useTranslation();
  const nameOf = useCameraName();
  const [isAsking, setIsAsking] = useState(false);
  const [watchId, setWatchId] = useState<string>();
  const name = nameOf(camera.number, camera.name);
  return (
    <>
      <p>
        {camera.watchers > 0
          ? t("console.cameras.watched", { name, count: camera.watchers })
          : t("console.cameras.unwatched", { name })}
      </p>
      {watchId ? (
        <LiveView watchId={watchId} name={name} onEnd={() => setWatchId(undefined)} />
      ) : (
        <div className="camera-actions">
          <Button onClick={() => setIsAsking(true)}>{t("console.cameras.watch", { name })}</Button>
        </div>
      )}
      <ReasonDialog
        name={`watch-${camera.number}`}
        isOpen={isAsking}
        title={t("console.cameras.watch", { name })}
        lead={t("console.cameras.watchLead")}
        send={(body: { reason: string }) =>
          api.call(cameraRoutes.startWatch, { params: { cameraId: camera.cameraId }, body })
        }
        onCancel={() => setIsAsking(false)}
        onDone={(watch) => {
          setIsAsking(false);
          setWatchId(watch.watchId);
        }}
      />
    </>
  );
}
