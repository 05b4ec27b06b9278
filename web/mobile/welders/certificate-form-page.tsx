import "./welders.css";
import { type Certificate, type CertificateEntryBody, certificateRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { Page } from "../page.tsx";
import { CertificateFields, ITEMS } from "./certificate-fields.tsx";
import { OutcomeCard } from "./outcome-card.tsx";

const EMPTY: CertificateEntryBody = {
  family: "emergency",
  item: ITEMS.emergency[0],
  number: "",
  validFrom: "",
  validTo: "",
  reviewDueOn: null,
  photo: null,
};

/** Enters a new certificate, or corrects one that was not accepted. */
export function CertificateFormPage() {
  const { t } = useTranslation();
  const certificateId = useParams().certificateId ?? "new";
  const isNew = certificateId === "new";
  const own = useQuery({
    queryKey: ["own-certificates"],
    queryFn: ({ signal }) => api.call(certificateRoutes.listOwnCertificates, { signal }),
    enabled: !isNew,
  });
  const before = own.data?.certificates.find((one) => one.certificateId === certificateId);
  const mayChange = isNew || (before && before.verification !== "verified");
  return (
    <Page title={t(isNew ? "mobile.welders.form.titleNew" : "mobile.welders.form.titleAgain")} backTo="/me">
      {!isNew && own.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {own.isError ? <p role="alert">{failureText(own.error)}</p> : null}
      {!isNew && own.data && !mayChange ? <p role="alert">{t("mobile.welders.form.goneFix")}</p> : null}
      {mayChange ? <CertificateForm key={certificateId} before={before} /> : null}
    </Page>
  );
}

function CertificateForm({ before }: { before: Certificate | undefined }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [entry, setEntry] = useState<CertificateEntryBody>(() => (before ? entryOf(before) : EMPTY));
  const send = useMutation({
    mutationFn: () =>
      before
        ? api.call(certificateRoutes.resubmitCertificate, {
            params: { certificateId: before.certificateId },
            body: entry,
          })
        : api.call(certificateRoutes.submitCertificate, { body: entry }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["own-certificates"] });
      void client.invalidateQueries({ queryKey: ["notifications"] });
    },
  });
  if (send.data) return <OutcomeCard certificate={send.data} />;
  const fields = fieldFailures(send.error);
  const isGeneral = send.error && Object.keys(fields).length === 0;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      {before?.rejection ? (
        <p className="notice-warn">
          {t("mobile.welders.form.whySend", {
            reason: [t(`common.certificates.rejection.${before.rejection.reason}`), before.rejection.text]
              .filter(Boolean)
              .join(" · "),
          })}
        </p>
      ) : null}
      <CertificateFields
        entry={entry}
        onChange={(change) => setEntry((now) => ({ ...now, ...change }))}
        fields={fields}
        keepsPhoto={before?.hasPhoto === true}
      />
      {isGeneral ? (
        <p className="field-error" role="alert">
          {failureText(send.error)}
        </p>
      ) : null}
      {send.isPending ? <p role="status">{t("mobile.welders.form.checking")}</p> : null}
      <Button className="big" type="submit" block color="primary" loading={send.isPending}>
        {t("mobile.welders.form.submit")}
      </Button>
    </form>
  );
}

/** The number came masked: it is typed again. */
function entryOf(before: Certificate): CertificateEntryBody {
  return {
    family: before.family as CertificateEntryBody["family"],
    item: before.item,
    number: "",
    validFrom: before.validFrom,
    validTo: before.validTo,
    reviewDueOn: before.reviewDueOn,
    photo: null,
  };
}
