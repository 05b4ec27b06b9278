import { siteSignRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { Page } from "../page.tsx";

const DEMANDS = ["permit", "sceneCheck", "fireWatch", "smoulderWatch"] as const;

/** What a scanned sign of a key area says: where one stands, and what is demanded before anybody welds here. */
export function SitePage() {
  const { t } = useTranslation();
  const signCode = useParams().code ?? "";
  const site = useQuery({
    queryKey: ["site-sign", signCode],
    queryFn: ({ signal }) => api.call(siteSignRoutes.readSiteSign, { params: { signCode }, signal }),
    retry: false,
  });
  const place = site.data;
  return (
    <Page title={t("mobile.site.title")} backTo="/">
      {site.isPending ? <p className="card">{t("common.loading")}</p> : null}
      {site.isError ? (
        <section className="card stack" role="alert">
          <p>{failureText(site.error)}</p>
          <Button className="big" block onClick={() => void site.refetch()}>
            {t("common.retry")}
          </Button>
        </section>
      ) : null}
      {place ? (
        <section className="card stack" data-testid="site">
          <h2>{place.name}</h2>
          <p className="soft">
            {[
              t(`common.keyArea.kind.${place.kind}`),
              place.regionName,
              place.address,
              place.floor === null ? null : t("mobile.site.floor", { floor: place.floor }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          {place.isInForce ? (
            <>
              {place.forbiddenPeriod ? (
                <p className="field-error">{t("mobile.site.forbidden", { period: place.forbiddenPeriod })}</p>
              ) : null}
              {place.isOpenToPublic && place.policy.workWhileOpen === "forbidden" ? (
                <p className="field-error">{t("mobile.site.open")}</p>
              ) : null}
              <p>{t("mobile.site.demands")}</p>
              <ul>
                {DEMANDS.filter((demand) => place.policy.demands[demand]).map((demand) => (
                  <li key={demand}>{t(`common.keyArea.demand.${demand}`)}</li>
                ))}
              </ul>
            </>
          ) : (
            <p>{t("mobile.site.notInForce")}</p>
          )}
        </section>
      ) : null}
    </Page>
  );
}
