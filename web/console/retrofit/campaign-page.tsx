import { retrofitRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { CampaignInstallers } from "./campaign-installers.tsx";
import { InstallationsTable } from "./installations-table.tsx";
import { MovementsTable } from "./movements-table.tsx";
import { StockButton } from "./stock-button.tsx";
import { TownshipsTable } from "./townships-table.tsx";
import "./retrofit.css";

const FIGURES = [
  "targetMachines",
  "allocated",
  "inStock",
  "started",
  "tested",
  "fitted",
  "failed",
  "returned",
  "defective",
] as const;

/** One campaign: where its chips are, township by township, who fits them and onto what. */
export function CampaignPage() {
  const { t } = useTranslation();
  const campaignId = useParams().campaignId ?? "";
  const campaign = useQuery({
    queryKey: ["campaign", campaignId],
    queryFn: ({ signal }) => api.call(retrofitRoutes.getCampaign, { params: { campaignId }, signal }),
    refetchInterval: 10_000,
  });
  const shown = campaign.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{shown?.name ?? t("console.retrofit.campaign")}</h1>
        {shown ? (
          <>
            <span className="soft">
              {shown.regionName} · {t(`console.retrofit.status.${shown.status}`)}
            </span>
            <div className="page-actions">
              <StockButton campaign={shown} />
              <Button href={`/api/retrofit/campaigns/${campaignId}/progress.xlsx`}>
                {t("console.retrofit.export")}
              </Button>
            </div>
          </>
        ) : null}
      </header>
      {campaign.isPending ? <Spin description={t("common.loading")} /> : null}
      {campaign.isError ? <Failure error={campaign.error} onRetry={campaign.refetch} /> : null}
      {shown ? (
        <>
          <dl className="retrofit-figures">
            {shown.inStore === null ? null : (
              <div className="retrofit-figure">
                <dt>{t("console.retrofit.inStore")}</dt>
                <dd>{shown.inStore}</dd>
              </div>
            )}
            {FIGURES.map((figure) => (
              <div key={figure} className="retrofit-figure" data-figure={figure}>
                <dt>{t(`console.retrofit.figure.${figure}`)}</dt>
                <dd>{shown.totals[figure]}</dd>
              </div>
            ))}
          </dl>
          <CampaignInstallers campaign={shown} />
          <TownshipsTable campaign={shown} />
          <InstallationsTable campaignId={campaignId} />
          <MovementsTable campaignId={campaignId} />
        </>
      ) : null}
    </main>
  );
}
