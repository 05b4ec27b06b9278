import { personalDataRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";

/** Asking for erasure: what would be kept, why and until when is said before. */
export function OwnErasure() {
  const { t, i18n } = useTranslation();
  const [isAsked, setIsAsked] = useState(false);
  const own = useQuery({
    queryKey: ["own-erasure"],
    queryFn: ({ signal }) => api.call(personalDataRoutes.ownErasure, { signal }),
  });
  const change = useMutation({
    mutationFn: async (wish: "request" | "withdraw") => {
      if (wish === "request") await api.call(personalDataRoutes.requestErasure, {});
      else await api.call(personalDataRoutes.withdrawErasure, {});
    },
    onSettled: () => own.refetch(),
  });
  const request = own.data?.request;
  const isOpen = request?.status === "requested";
  const error = change.error ?? own.error;
  return (
    <section className="stack" aria-labelledby="erasure-title">
      <h2 id="erasure-title">{t("mobile.sharing.erasure")}</h2>
      <p>{t("mobile.sharing.erasureLead")}</p>
      <ul className="item-list">
        {own.data?.wouldKeep.map(({ part, until, basis, isVerified }) => (
          <li key={part} className="card">
            <strong>{t(`mobile.sharing.part.${part}`)}</strong>
            <p>{t("mobile.sharing.keptUntil", { day: until.slice(0, 10) })}</p>
            <p className="soft">
              {i18n.language === "en" ? basis.en : basis.zh}
              {isVerified ? "" : ` (${t("common.reason.unverified")})`}
            </p>
          </li>
        ))}
      </ul>
      {request ? (
        <p className="card" role="status">
          {t(`mobile.sharing.erasureStatus.${request.status}`)} · {shortDateTime(request.requestedAt)}
          {request.reason ? ` · ${request.reason}` : ""}
        </p>
      ) : null}
      {error ? (
        <p className="field-error" role="alert">
          {failureText(error)}
        </p>
      ) : null}
      {isOpen ? (
        <Button className="big" block onClick={() => change.mutate("withdraw")}>
          {t("mobile.sharing.erasureWithdraw")}
        </Button>
      ) : (
        <Button className="big" block color="danger" fill="outline" onClick={() => setIsAsked(true)}>
          {t("mobile.sharing.erasureDo")}
        </Button>
      )}
      {isAsked ? (
        <ConfirmDialog
          title={t("mobile.sharing.erasureAsk")}
          body={t("mobile.sharing.erasureLead")}
          action={t("mobile.sharing.erasureDo")}
          onSure={() => change.mutate("request")}
          onClose={() => setIsAsked(false)}
        />
      ) : null}
    </section>
  );
}
