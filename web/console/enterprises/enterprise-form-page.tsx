import { enterpriseRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { EnterpriseForm } from "./enterprise-form.tsx";

/** Registers an organisation, or changes one. */
export function EnterpriseFormPage() {
  const { t } = useTranslation();
  const { enterpriseId } = useParams();
  const enterprise = useQuery({
    queryKey: ["enterprise", enterpriseId],
    queryFn: ({ signal }) =>
      api.call(enterpriseRoutes.getEnterprise, { params: { enterpriseId: enterpriseId! }, signal }),
    enabled: enterpriseId !== undefined,
  });
  return (
    <main className="console-page">
      <h1 className="page-title">{t(`console.enterprises.form.${enterpriseId ? "edit" : "create"}`)}</h1>
      {enterpriseId && enterprise.isPending ? <Spin description={t("common.loading")} /> : null}
      {enterprise.isError ? <Failure error={enterprise.error} onRetry={enterprise.refetch} /> : null}
      {enterpriseId === undefined ? <EnterpriseForm /> : null}
      {enterprise.data ? <EnterpriseForm enterprise={enterprise.data} /> : null}
    </main>
  );
}
