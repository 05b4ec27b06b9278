import "./trends.css";
import { Alert, Select, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useCommandedRegions } from "../region-orders/use-commanded-regions.ts";
import { AnomaliesPanel } from "./anomalies-panel.tsx";
import { ForecastPanel } from "./forecast-panel.tsx";
import { PlansPanel } from "./plans-panel.tsx";
import { RisksPanel } from "./risks-panel.tsx";

/** A region's week to come, what was unusual yesterday, its firms' risk, and plans of inspections. */
export function TrendsPage() {
  const { t } = useTranslation();
  const regions = useCommandedRegions();
  const [search, setSearch] = useSearchParams();
  const region = search.get("region") ?? regions?.[0]?.value;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.trends.title")}</h1>
        <div className="page-actions">
          {regions ? (
            <Select
              aria-label={t("console.trends.region")}
              className="filter-choice"
              value={region ?? null}
              options={regions}
              onChange={(code: string | null) => setSearch(code ? { region: code } : {})}
            />
          ) : null}
        </div>
      </header>
      <p className="soft">{t("console.trends.lead")}</p>
      {regions && !region ? <Alert type="info" showIcon title={t("console.trends.noRegion")} /> : null}
      {regions ? null : <Spin description={t("common.loading")} />}
      {region ? (
        <>
          <ForecastPanel region={region} />
          <AnomaliesPanel region={region} />
          <RisksPanel key={`risks ${region}`} region={region} />
          <PlansPanel key={`plans ${region}`} region={region} />
        </>
      ) : null}
    </main>
  );
}
