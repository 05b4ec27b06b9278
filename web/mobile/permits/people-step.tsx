import { enterprisePeopleRoutes, hotWorkPermitRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { Choice } from "../machine/choice.tsx";
import type { StepProps } from "./permit-draft.ts";

/** For which firm one works, who is in charge and who watches. The approver is whoever signs at the place. */
export function PeopleStep({ draft, change }: StepProps) {
  const { t } = useTranslation();
  const { siteOwnerEnterpriseId: owner, contractorEnterpriseId: contractor } = draft;
  const firms = useQuery({
    queryKey: ["own-memberships"],
    queryFn: ({ signal }) => api.call(enterprisePeopleRoutes.listOwnMemberships, { signal }),
  });
  const people = useQuery({
    queryKey: ["permit-people", owner, contractor],
    queryFn: ({ signal }) =>
      api.call(hotWorkPermitRoutes.listPermitPeople, {
        query: {
          ...(owner ? { siteOwnerEnterpriseId: owner } : {}),
          ...(contractor ? { contractorEnterpriseId: contractor } : {}),
        },
        signal,
      }),
  });
  const failed = firms.error ?? people.error;
  return (
    <section className="stack">
      {failed ? <p role="alert">{failureText(failed)}</p> : null}
      <SelectField
        label={t("mobile.permits.contractor")}
        value={contractor ?? ""}
        empty={t("mobile.permits.contractorNone")}
        options={(firms.data?.memberships ?? []).map(({ enterpriseId, name }) => ({
          value: enterpriseId,
          word: name,
        }))}
        onChange={(id) => change({ contractorEnterpriseId: id || null, supervisorPersonId: null })}
      />
      <SelectField
        label={t("mobile.permits.supervisor")}
        value={draft.supervisorPersonId ?? ""}
        empty={t("mobile.permits.choose")}
        options={(people.data?.supervisors ?? []).map(({ personId, name, phone }) => ({
          value: personId,
          word: `${name} ${phone ?? ""}`,
        }))}
        onChange={(id) => change({ supervisorPersonId: id || null })}
      />
      <fieldset className="stack permit-group">
        <legend>{t("mobile.permits.fireWatch")}</legend>
        <p className="soft">{t("mobile.permits.fireWatchLead")}</p>
        {people.data?.fireWatches.length === 0 ? (
          <p className="notice-warn">{t("mobile.permits.fireWatchNone")}</p>
        ) : null}
        {people.data?.fireWatches.map((watch) => (
          <Choice
            key={watch.personId}
            name="fire-watch"
            words={`${watch.name} ${watch.phone ?? ""}`}
            more={t(watch.isTrained ? "mobile.permits.trainedTo" : "mobile.permits.trainedUntil", {
              day: watch.trainedTo,
            })}
            isChosen={draft.fireWatchPersonId === watch.personId}
            onChoose={() => change({ fireWatchPersonId: watch.personId })}
          />
        ))}
      </fieldset>
    </section>
  );
}
