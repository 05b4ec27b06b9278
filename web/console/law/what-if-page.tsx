import "./law.css";
import { lawPackRoutes, regionPolicyRoutes, type WhatIfQuestion, whatIfRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { LawNav } from "./law-nav.tsx";
import { useOwnRegion } from "./use-own-region.ts";
import { WhatIfAnswer } from "./what-if-answer.tsx";
import { WhatIfForm } from "./what-if-form.tsx";

/** What changed numbers, or rules that are left out, would have made of the starts of the last weeks. */
export function WhatIfPage() {
  const { t } = useTranslation();
  const region = useOwnRegion();
  const policy = useQuery({
    queryKey: ["region-policy", region],
    queryFn: ({ signal }) =>
      api.call(regionPolicyRoutes.getRegionPolicy, { params: { region: region! }, signal }),
    enabled: region !== undefined,
  });
  const rules = useQuery({
    queryKey: ["law-rules", undefined],
    queryFn: ({ signal }) => api.call(lawPackRoutes.listLawRules, { query: {}, signal }),
  });
  const ask = useMutation({
    mutationFn: (question: WhatIfQuestion) => api.call(whatIfRoutes.askWhatIf, { body: question }),
  });
  const failed = policy.error ?? rules.error;
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.lawPacks.nav.whatIf")}</h1>
      <LawNav />
      <p className="soft">{t("console.whatIf.lead")}</p>
      {region === undefined ? <Alert type="info" showIcon title={t("console.whatIf.noRegion")} /> : null}
      {failed ? (
        <Failure error={failed} onRetry={() => Promise.all([policy.refetch(), rules.refetch()])} />
      ) : null}
      {policy.isFetching && !policy.data ? <Spin description={t("common.loading")} /> : null}
      {policy.data && rules.data ? (
        <WhatIfForm
          policy={policy.data}
          rules={rules.data.rules}
          error={ask.error}
          isAsking={ask.isPending}
          onAsk={ask.mutate}
        />
      ) : null}
      {ask.isError ? <Alert type="error" showIcon title={failureText(ask.error)} /> : null}
      {ask.data ? <WhatIfAnswer answer={ask.data} /> : null}
    </main>
  );
}
