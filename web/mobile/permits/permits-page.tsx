import "./permits.css";
import { type HotWorkPermit, hotWorkPermitRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { useMe } from "../../ui/use-me.ts";
import { Page } from "../page.tsx";
import { StepFailure } from "../step-failure.tsx";
import { emptyDraft } from "./permit-draft.ts";
import { PermitStatusTag } from "./permit-status-tag.tsx";
import { usePermitStep } from "./use-permit.ts";

/** The permits that a person has to do with: his own, those he watches, and those of the place he answers for. */
export function PermitsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const roles = useMe().data?.roles.map(({ role }) => role) ?? [];
  const isOfficer = roles.includes("enterprise-officer");
  const isOnSome = isOfficer || roles.includes("welder") || roles.includes("fire-watch");
  const own = useQuery({
    queryKey: ["own-permits", "own"],
    queryFn: ({ signal }) =>
      api.call(hotWorkPermitRoutes.listOwnHotWorkPermits, { query: { pageSize: 50 }, signal }),
    enabled: isOnSome,
  });
  const waiting = useQuery({
    queryKey: ["own-permits", "waiting"],
    queryFn: ({ signal }) =>
      api.call(hotWorkPermitRoutes.listHotWorkPermits, {
        query: { status: "submitted", pageSize: 50 },
        signal,
      }),
    enabled: isOfficer,
    refetchInterval: 10_000,
  });
  const begin = usePermitStep(hotWorkPermitRoutes.createHotWorkPermit, () => ({
    body: {
      ...emptyDraft,
      machineCode: search.get("machine"),
      keyAreaId: search.get("area"),
      siteOwnerEnterpriseId: search.get("owner"),
    },
  }));
  return (
    <Page title={t("mobile.permits.title")} backTo="/me">
      {roles.includes("welder") ? (
        <>
          <StepFailure error={begin.error} />
          <Button
            className="big"
            block
            color="primary"
            loading={begin.isPending}
            onClick={() =>
              begin.mutate(undefined, { onSuccess: ({ permitId }) => navigate(`/permits/${permitId}`) })
            }
          >
            {t("mobile.permits.begin")}
          </Button>
        </>
      ) : null}
      {isOfficer ? (
        <PermitList title={t("mobile.permits.waiting")} items={waiting.data?.items} error={waiting.error} />
      ) : null}
      <PermitList title={t("mobile.permits.own")} items={own.data?.items} error={own.error} />
    </Page>
  );
}

interface ListProps {
  title: string;
  items: readonly HotWorkPermit[] | undefined;
  error: unknown;
}

function PermitList({ title, items, error }: ListProps) {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-label={title}>
      <h2>{title}</h2>
      {error ? <p role="alert">{failureText(error)}</p> : null}
      {items?.length === 0 ? <p className="card">{t("mobile.permits.none")}</p> : null}
      <ul className="item-list">
        {items?.map((permit) => (
          <li key={permit.permitId}>
            <Link className="item-link" to={`/permits/${permit.permitId}`}>
              <span className="row">
                <strong>{permit.workDescription || permit.permitNumber}</strong>
                <PermitStatusTag status={permit.status} />
              </span>
              <span className="soft">
                {[permit.siteOwnerName, permit.placeDescription].filter(Boolean).join(" · ") ||
                  permit.permitNumber}
              </span>
              {permit.plannedFrom ? (
                <span className="soft">{shortDateTime(permit.validFrom ?? permit.plannedFrom)}</span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
