import type { Certificate } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

/** What became of an entry, and where to go from here. */
export function OutcomeCard({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { verification, registryOutcome, rejection } = certificate;
  return (
    <section className="card stack outcome-card" role="status" data-verification={verification}>
      <h2>{t(`mobile.welders.form.${verification}`)}</h2>
      {verification === "verified" ? <p>{t("mobile.welders.form.verifiedLead")}</p> : null}
      {verification === "submitted" ? (
        <p>
          {t("mobile.welders.form.submittedLead", {
            outcome: t(`common.certificates.registry.${registryOutcome ?? "unreachable"}`),
          })}
        </p>
      ) : null}
      {rejection ? (
        <p>
          {t("mobile.welders.form.whySend", {
            reason: t(`common.certificates.rejection.${rejection.reason}`),
          })}
        </p>
      ) : null}
      <Button
        className="big"
        block
        color="primary"
        onClick={() => navigate(verification === "verified" ? "/" : "/me")}
      >
        {t(verification === "verified" ? "mobile.welders.form.scan" : "mobile.welders.form.toMe")}
      </Button>
    </section>
  );
}
