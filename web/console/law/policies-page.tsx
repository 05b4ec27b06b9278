import "./law.css";
import { type RegionPolicy, regionPolicyRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Input, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useMe } from "../../ui/use-me.ts";
import { Failure } from "../ui/failure.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { LawNav } from "./law-nav.tsx";
import { PolicyForm } from "./policy-form.tsx";
import { useOwnRegion } from "./use-own-region.ts";
import { useWord } from "./use-word.ts";

/** The numbers that count in a region, every version that ever did, and the next. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const list = useListState();
  const me = useMe().data;
  const own = useOwnRegion();
  const region = list.text("region") ?? own;
  const policy = useQuery({
    queryKey: ["region-policy", region],
    queryFn: ({ signal }) =>
      api.call(regionPolicyRoutes.getRegionPolicy, { params: { region: region! }, signal }),
    enabled: region !== undefined,
  });
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.lawPacks.nav.policies")}</h1>
        <Input.Search
          key={region}
          className="law-region"
          aria-label={t("console.lawPacks.region")}
          placeholder={t("console.lawPacks.region")}
          enterButton={t("console.lawPacks.show")}
          defaultValue={region ?? ""}
          maxLength={9}
          onSearch={(text) => list.set({ region: text.trim() })}
        />
      </header>
      <LawNav />
      <p className="soft">{t("console.lawPacks.policiesLead")}</p>
      {policy.isFetching && !policy.data ? <Spin description={t("common.loading")} /> : null}
      {policy.isError ? <Failure error={policy.error} onRetry={policy.refetch} /> : null}
      {policy.data ? (
        <div className="decision-columns">
          {me?.mayCommand ? (
            <PolicyForm
              key={`${policy.data.region}-${policy.data.newestVersion}`}
              policy={policy.data}
              onSaved={policy.refetch}
            />
          ) : null}
          <PolicyHistory policy={policy.data} />
        </div>
      ) : null}
    </main>
  );
}

function PolicyHistory({ policy }: { policy: RegionPolicy }) {
  const { t } = useTranslation();
  const word = useWord();
  const docOf = (part: string, name: string) =>
    word(
      policy.fields.find((field) => field.part === part && field.name === name)?.doc ?? {
        zh: name,
        en: name,
      },
    );
  return (
    <section className="panel" aria-labelledby="policy-history" data-testid="policy-history">
      <h2 id="policy-history" className="panel-title">
        {t("console.lawPacks.history")}
      </h2>
      <p>{t("console.lawPacks.inForceNow", { version: policy.inForceVersion })}</p>
      {policy.versions.length === 0 ? <p className="soft">{t("console.lawPacks.noVersions")}</p> : null}
      <ol className="policy-versions">
        {policy.versions.map(({ region, regionName, version, effectiveFrom, values, isInForce }) => (
          <li key={`${region}-${version}`} data-version={`${region}-${version}`}>
            <h3 className={isInForce ? "is-good" : ""}>
              {`${regionName} · ${region}-${version}`}
              {isInForce ? ` · ${t("console.lawPacks.isInForce")}` : null}
            </h3>
            <p className="soft">{t("console.lawPacks.from2", { at: dateTime(effectiveFrom) })}</p>
            <dl className="facts">
              {(
                ["start", "hotWork", "approval", "clearance", "alarm", "camera", "rectification"] as const
              ).flatMap((part) =>
                Object.entries(values[part]).map(([name, value]) => (
                  <div key={`${part}.${name}`} className="policy-value">
                    <dt>{docOf(part, name)}</dt>
                    <dd>{Array.isArray(value) ? value.join(", ") : String(value)}</dd>
                  </div>
                )),
              )}
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}
