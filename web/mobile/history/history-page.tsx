import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../page.tsx";
import { RefusalHistory } from "./refusal-history.tsx";
import { WorkHistory } from "./work-history.tsx";

const VIEWS = ["sessions", "refusals"] as const;

export function HistoryPage() {
  const { t } = useTranslation();
  const [view, setView] = useState<(typeof VIEWS)[number]>("sessions");
  return (
    <Page title={t("mobile.history.title")}>
      <fieldset className="switch">
        <legend className="visually-hidden">{t("mobile.history.title")}</legend>
        {VIEWS.map((name) => (
          <label key={name} className={name === view ? "is-chosen" : ""}>
            <input
              className="visually-hidden"
              type="radio"
              name="view"
              checked={name === view}
              onChange={() => setView(name)}
            />
            {t(`mobile.history.${name}`)}
          </label>
        ))}
      </fieldset>
      {view === "sessions" ? <WorkHistory /> : <RefusalHistory />}
    </Page>
  );
}
