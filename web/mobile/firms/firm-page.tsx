import "./firms.css";
import { enterpriseRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { Page } from "../page.tsx";
import { FirmFacts } from "./firm-facts.tsx";
import { FirmOfficers } from "./firm-officers.tsx";
import { FirmWelders } from "./firm-welders.tsx";
import { PendingSites } from "./pending-sites.tsx";

/** What a safety officer looks after: work to confirm, people, and the organisation's own data. */
export function FirmPage() {
  const { t } = useTranslation();
  const enterpriseId = useParams().enterpriseId ?? "";
  const firm = useQuery({
    queryKey: ["firm", enterpriseId],
    queryFn: ({ signal }) => api.call(enterpriseRoutes.getEnterprise, { params: { enterpriseId }, signal }),
  });
  return (
    <Page title={t("mobile.enterprises.firm.title")} backTo="/me">
      {firm.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {firm.isError ? (
        <section className="card stack" role="alert">
          <p>{failureText(firm.error)}</p>
          <Button className="big" block color="primary" onClick={() => void firm.refetch()}>
            {t("common.retry")}
          </Button>
        </section>
      ) : null}
      {firm.data ? (
        <>
          <FirmFacts firm={firm.data} />
          {firm.data.roles.includes("site-owner") ? <PendingSites enterpriseId={enterpriseId} /> : null}
          <FirmOfficers enterpriseId={enterpriseId} />
          {firm.data.roles.includes("welding") ? <FirmWelders enterpriseId={enterpriseId} /> : null}
        </>
      ) : null}
    </Page>
  );
}
