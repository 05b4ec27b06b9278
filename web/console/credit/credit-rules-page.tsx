import { creditRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Select, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api } from "../../ui/api.ts";
import { CreditRulesTable } from "../../ui/credit-rules-table.tsx";
import { useMe } from "../../ui/use-me.ts";
import { managesStations } from "../duty/manages-stations.ts";
import { useCommandedRegions } from "../region-orders/use-commanded-regions.ts";
import { Failure } from "../ui/failure.tsx";
import { PublishRulesButton } from "./publish-rules-button.tsx";

/** Rules of one's region with their history; who answers for it publishes the next. */
export function CreditRulesPage() {
  const { t } = useTranslation();
  const me = useMe().data;
  const regions = useCommandedRegions();
  const [search, setSearch] = useSearchParams();
  const region = search.get("region") ?? regions?.[0]?.value;
  const rules = useCreditRules(region);
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("common.rectification.rules")}</h1>
        <div className="page-actions">
          {regions ? (
            <Select
              aria-label={t("console.rectification.region")}
              className="filter-choice"
              value={region ?? null}
              options={regions}
              onChange={(code: string | null) => setSearch(code ? { region: code } : {})}
            />
          ) : null}
          {region && rules.data && me?.mayCommand && managesStations(me) ? (
            <PublishRulesButton region={region} current={rules.data} onDone={() => void rules.refetch()} />
          ) : null}
          <a href={`#/credit-rules${region ? `?region=${region}` : ""}`}>
            {t("console.rectification.publicPage")}
          </a>
        </div>
      </header>
      {rules.isPending ? <Spin description={t("common.loading")} /> : null}
      {rules.isError ? <Failure error={rules.error} onRetry={rules.refetch} /> : null}
      {rules.data ? <CreditRulesTable versions={rules.data.versions} /> : null}
    </main>
  );
}

/** The same for anybody, without signing in. */
export function PublicCreditRulesPage() {
  const { t } = useTranslation();
  const region = useSearchParams()[0].get("region") ?? undefined;
  const rules = useCreditRules(region);
  return (
    <main className="console-page">
      <h1 className="page-title">{t("common.rectification.rules")}</h1>
      {rules.isPending ? <Spin description={t("common.loading")} /> : null}
      {rules.isError ? <Failure error={rules.error} onRetry={rules.refetch} /> : null}
      {rules.data ? <CreditRulesTable versions={rules.data.versions} /> : null}
    </main>
  );
}

function useCreditRules(region: string | undefined) {
  return useQuery({
    queryKey: ["credit-rules", region],
    queryFn: ({ signal }) =>
      api.call(creditRoutes.listCreditRules, { query: region ? { region } : {}, signal }),
  });
}
