import { useTranslation } from "react-i18next";
import { TellingSettingsForm } from "../../ui/telling/telling-settings-form.tsx";

/** How the person at the desk wants to be told. */
export function TellingPage() {
  const { t } = useTranslation();
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("common.telling.settings")}</h1>
      </header>
      <TellingSettingsForm />
    </main>
  );
}
