import { type TellingSettings, tellingRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../api.ts";
import { deviceName } from "../device-name.ts";
import { shortDateTime } from "../format.ts";

interface Props {
  settings: TellingSettings;
  /** Where the service worker that shows pushes is; undefined on pages without one. */
  serviceWorkerScope: string | undefined;
  onChanged: (settings: TellingSettings) => void;
  onRemoved: () => void;
}

/** The browsers that are pushed to, and adding this one. */
export function PushDevices({ settings, serviceWorkerScope, onChanged, onRemoved }: Props) {
  const { t } = useTranslation();
  const key = settings.pushPublicKey;
  const subscribe = useMutation({
    mutationFn: () => subscribeHere(key!, serviceWorkerScope!),
    onSuccess: (changed) => changed && onChanged(changed),
  });
  const remove = useMutation({
    mutationFn: (pushSubscriptionId: string) =>
      api.call(tellingRoutes.unsubscribePush, { params: { pushSubscriptionId } }),
    onSettled: onRemoved,
  });
  const hasPush = "serviceWorker" in navigator && "PushManager" in window && serviceWorkerScope !== undefined;
  return (
    <section className="card panel telling-part">
      <h2>{t("common.telling.pushTitle")}</h2>
      {key === null ? <p className="soft">{t("common.telling.pushOff")}</p> : null}
      {key !== null && !hasPush ? <p className="soft">{t("common.telling.pushUnsupported")}</p> : null}
      {key !== null && hasPush ? (
        <button
          className="telling-button"
          type="button"
          disabled={subscribe.isPending}
          onClick={() => subscribe.mutate()}
        >
          {t("common.telling.pushOn")}
        </button>
      ) : null}
      {subscribe.isSuccess && subscribe.data === null ? (
        <p role="alert">{t("common.telling.pushDenied")}</p>
      ) : null}
      {subscribe.isError || remove.isError ? (
        <p className="field-error" role="alert">
          {failureText(subscribe.error ?? remove.error)}
        </p>
      ) : null}
      {settings.pushDevices.length > 0 ? (
        <ul className="telling-devices" aria-label={t("common.telling.device")}>
          {settings.pushDevices.map(({ pushSubscriptionId, device, createdAt }) => (
            <li key={pushSubscriptionId}>
              <span>
                {deviceName(device)} · {shortDateTime(createdAt)}
              </span>
              <button type="button" onClick={() => remove.mutate(pushSubscriptionId)}>
                {t("common.telling.removeDevice")}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** Null when the person does not allow notifications. */
async function subscribeHere(publicKey: string, scope: string): Promise<TellingSettings | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const registration = await navigator.serviceWorker.getRegistration(scope);
  if (!registration) return null;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  return await api.call(tellingRoutes.subscribePush, {
    body: { endpoint: endpoint!, keys: { p256dh: keys!.p256dh!, auth: keys!.auth! } },
  });
}
