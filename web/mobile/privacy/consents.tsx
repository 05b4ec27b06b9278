import { type OwnConsent, personalDataRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { CONSENTS_KEY, useOwnConsents } from "./use-own-consents.ts";

export function Consents() {
  const { t } = useTranslation();
  const own = useOwnConsents();
  return (
    <section className="stack" aria-labelledby="consents-title">
      <h2 id="consents-title">{t("mobile.sharing.consents")}</h2>
      {own.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {own.isError ? <p role="alert">{failureText(own.error)}</p> : null}
      {own.data?.length === 0 ? <p className="card">{t("mobile.sharing.noTexts")}</p> : null}
      {own.data?.map((consent) => (
        <Consent key={consent.text.consentTextId} consent={consent} />
      ))}
    </section>
  );
}

function Consent({ consent: { text, givenAt, earlierVersion } }: { consent: OwnConsent }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const words = i18n.language === "en" ? "en" : "zh";
  const answer = useMutation({
    mutationFn: async () =>
      givenAt
        ? await api.call(personalDataRoutes.withdrawConsent, { params: { kind: text.kind } })
        : await api.call(personalDataRoutes.giveConsent, { body: { consentTextId: text.consentTextId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: CONSENTS_KEY }),
  });
  return (
    <article className="card stack" data-consent={givenAt ? "given" : "asked"}>
      <h3>{text.title[words]}</h3>
      <p className="soft">{t("mobile.sharing.version", { version: text.version })}</p>
      {earlierVersion !== null && !givenAt ? (
        <div className="notice-warn">
          <p>{t("mobile.sharing.newer", { version: earlierVersion })}</p>
          {text.changes ? <p>{t("mobile.sharing.changes", { changes: text.changes[words] })}</p> : null}
        </div>
      ) : null}
      <p style={{ whiteSpace: "pre-line" }}>{text.body[words]}</p>
      {givenAt ? <p>{t("mobile.sharing.givenAt", { at: shortDateTime(givenAt) })}</p> : null}
      {answer.isError ? (
        <p className="field-error" role="alert">
          {failureText(answer.error)}
        </p>
      ) : null}
      <Button
        className="big"
        block
        color={givenAt ? "default" : "primary"}
        loading={answer.isPending}
        onClick={() => answer.mutate()}
      >
        {t(givenAt ? "mobile.sharing.withdraw" : "mobile.sharing.agree")}
      </Button>
    </article>
  );
}
