import { enterpriseRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { Page } from "../page.tsx";
import { FirmForm } from "./firm-form.tsx";

/** Registers an organisation, or mends one that was sent back. */
export function RegisterFirmPage() {
  const { t } = useTranslation();
  const { enterpriseId } = useParams();
  const firm = useQuery({
    queryKey: ["firm", enterpriseId],
    queryFn: ({ signal }) =>
      api.call(enterpriseRoutes.getEnterprise, { params: { enterpriseId: enterpriseId! }, signal }),
    enabled: enterpriseId !== undefined,
  });
  return (
    <Page
      title={t("mobile.enterprises.register.title")}
      backTo={enterpriseId ? `/firms/${enterpriseId}` : "/me"}
    >
      {enterpriseId && firm.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {firm.isError ? <p role="alert">{failureText(firm.error)}</p> : null}
      {enterpriseId === undefined ? <FirmForm /> : null}
      {firm.data ? <FirmForm firm={firm.data} /> : null}
    </Page>
  );
}
