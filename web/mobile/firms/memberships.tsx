import "./firms.css";
import { enterprisePeopleRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";

/** The firms a welder works for, and those that ask him to: nobody becomes a member without his yes. */
export function Memberships() {
  const { t } = useTranslation();
  const own = useQuery({
    queryKey: ["own-memberships"],
    queryFn: ({ signal }) => api.call(enterprisePeopleRoutes.listOwnMemberships, { signal }),
  });
  const answer = useMutation({
    mutationFn: ({ invitationId, isAccepted }: { invitationId: string; isAccepted: boolean }) =>
      api.call(enterprisePeopleRoutes.answerInvitation, { params: { invitationId }, body: { isAccepted } }),
    onSettled: () => own.refetch(),
  });
  const failed = answer.error ?? own.error;
  return (
    <section className="stack" aria-labelledby="memberships-title">
      <h2 id="memberships-title">{t("mobile.enterprises.memberships.title")}</h2>
      {own.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {failed ? <p role="alert">{failureText(failed)}</p> : null}
      <ul className="item-list">
        {own.data?.invitations.map(({ invitationId, name }) => (
          <li key={invitationId} className="card stack">
            <p>
              <strong>{t("mobile.enterprises.memberships.asks", { name })}</strong>
            </p>
            <div className="firm-buttons">
              <Button
                className="plain"
                color="primary"
                loading={answer.isPending}
                onClick={() => answer.mutate({ invitationId: invitationId!, isAccepted: true })}
              >
                {t("mobile.enterprises.memberships.accept")}
              </Button>
              <Button
                className="plain"
                disabled={answer.isPending}
                onClick={() => answer.mutate({ invitationId: invitationId!, isAccepted: false })}
              >
                {t("mobile.enterprises.memberships.decline")}
              </Button>
            </div>
          </li>
        ))}
        {own.data?.memberships.map(({ enterpriseId, name }) => (
          <li key={enterpriseId} className="card">
            {name}
          </li>
        ))}
      </ul>
      {own.data && own.data.memberships.length + own.data.invitations.length === 0 ? (
        <p className="card">{t("mobile.enterprises.memberships.none")}</p>
      ) : null}
    </section>
  );
}
