import { useTranslation } from "react-i18next";
import { TellingSettingsForm } from "../../ui/telling/telling-settings-form.tsx";
import { Page } from "../page.tsx";

/** How the person wants to be told, and this phone's part in it. */
export function TellingPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("common.telling.settings")} backTo="/messages">
      <TellingSettingsForm serviceWorkerScope="/m/" />
    </Page>
  );
}
