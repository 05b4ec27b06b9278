import { installationRoutes, retrofitRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Page } from "../page.tsx";
import { CodeScanner } from "../scan/code-scanner.tsx";
import { chipIdIn } from "./chip-id-in.ts";
import "./retrofit.css";

/** The installer's entry: what is under way, and a new chip to fit. */
export function RetrofitPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [campaignId, setCampaignId] = useState<string>();
  const campaigns = useQuery({
    queryKey: ["retrofit-campaigns"],
    queryFn: ({ signal }) =>
      api.call(retrofitRoutes.listCampaigns, { query: { status: "open", pageSize: 50 }, signal }),
  });
  const own = useQuery({
    queryKey: ["own-installations"],
    queryFn: ({ signal }) =>
      api.call(installationRoutes.listOwnInstallations, { query: { pageSize: 20 }, signal }),
  });
  const start = useMutation({
    mutationFn: (chipId: string) =>
      api.call(installationRoutes.startInstallation, { body: { campaignId: campaignId ?? "", chipId } }),
    onSuccess: ({ installationId }) => navigate(`/retrofit/${installationId}`),
  });
  const failed = campaigns.error ?? own.error ?? start.error;
  return (
    <Page title={t("mobile.retrofit.title")} backTo={campaignId ? "/retrofit" : "/me"}>
      {failed ? (
        <p className="field-error" role="alert">
          {failureText(failed)}
        </p>
      ) : null}
      {campaignId ? (
        <>
          <h2>{t("mobile.retrofit.step.chip")}</h2>
          <CodeScanner
            read={chipIdIn}
            hint={t("mobile.retrofit.chipHint")}
            wrong={t("mobile.retrofit.chipWrong")}
            label={t("mobile.retrofit.chipLabel")}
            placeholder="xxxxxxxxxxxxxxxx"
            isBusy={start.isPending}
            onCode={(chipId) => start.mutate(chipId)}
          />
          <Button className="big" block onClick={() => setCampaignId(undefined)}>
            {t("common.cancel")}
          </Button>
        </>
      ) : (
        <>
          <h2>{t("mobile.retrofit.campaigns")}</h2>
          {campaigns.isPending ? <p role="status">{t("common.loading")}</p> : null}
          {campaigns.data?.items.length === 0 ? (
            <p className="card">{t("mobile.retrofit.noCampaigns")}</p>
          ) : null}
          <ul className="item-list">
            {campaigns.data?.items.map((campaign) => (
              <li key={campaign.campaignId} className="card stack">
                <strong>{campaign.name}</strong>
                <span className="soft">{campaign.regionName}</span>
                <Button
                  className="big"
                  block
                  color="primary"
                  onClick={() => {
                    start.reset();
                    setCampaignId(campaign.campaignId);
                  }}
                >
                  {t("mobile.retrofit.start")}
                </Button>
              </li>
            ))}
          </ul>
          <h2>{t("mobile.retrofit.own")}</h2>
          {own.data?.items.length === 0 ? <p className="soft">{t("mobile.retrofit.noOwn")}</p> : null}
          <ul className="item-list">
            {own.data?.items.map((item) => (
              <li key={item.installationId}>
                <Link className="item-link" to={`/retrofit/${item.installationId}`}>
                  <strong>{item.machineName ?? item.chipId}</strong>
                  <span>
                    <span className={`tag ${item.step === "done" ? "tag-go" : "tag-warn"}`}>
                      {t(`mobile.retrofit.step.${item.step}`)}
                    </span>
                  </span>
                  <span className="soft">{dateTime(item.startedAt)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}
