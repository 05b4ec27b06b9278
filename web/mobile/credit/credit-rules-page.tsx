import { creditRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api } from "../../ui/api.ts";
import { CreditRulesTable } from "../../ui/credit-rules-table.tsx";
import { LoadFailure } from "../load-failure.tsx";
import { Page } from "../page.tsx";

/** Published rules of credit, for anybody, without signing in. */
export function CreditRulesPage() {
  const { t } = useTranslation();
  const region = useSearchParams()[0].get("region") ?? undefined;
  const rules = useQuery({
    queryKey: ["credit-rules", region],
    queryFn: ({ signal }) =>
      api.call(creditRoutes.listCreditRules, { query: region ? { region } : {}, signal }),
  });
  return (
    <Page title={t("common.rectification.rules")} backTo="/credit">
      {rules.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {rules.isError && !rules.data ? <LoadFailure query={rules} /> : null}
      {rules.data ? <CreditRulesTable versions={rules.data.versions} /> : null}
    </Page>
  );
}
