import "./telling.css";
import { type TellingSettings, tellingRoutes } from "@hanyouxu/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../api.ts";
import { EmailAddress } from "./email-address.tsx";
import { PreferencesForm } from "./preferences-form.tsx";
import { PushDevices } from "./push-devices.tsx";

const KEY = ["telling"] as const;

/** Channels, quiet hours, browsers and address of the signed-in person; on the phone and at the desk. */
export function TellingSettingsForm({ serviceWorkerScope }: { serviceWorkerScope?: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.call(tellingRoutes.getTellingSettings, { signal }),
  });
  const take = (settings: TellingSettings) => client.setQueryData(KEY, settings);
  if (query.isPending) return <p role="status">{t("common.loading")}</p>;
  if (query.isError) return <p role="alert">{failureText(query.error)}</p>;
  return (
    <div className="telling">
      <PreferencesForm settings={query.data} onSaved={take} />
      <PushDevices
        settings={query.data}
        serviceWorkerScope={serviceWorkerScope}
        onChanged={take}
        onRemoved={() => void query.refetch()}
      />
      <EmailAddress settings={query.data} onChanged={take} onRemoved={() => void query.refetch()} />
    </div>
  );
}
