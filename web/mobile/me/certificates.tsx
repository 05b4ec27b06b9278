import { type Certificate, certificateRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { useCertificateWords } from "../welders/use-certificate-words.ts";

export function Certificates() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const own = useQuery({
    queryKey: ["own-certificates"],
    queryFn: ({ signal }) => api.call(certificateRoutes.listOwnCertificates, { signal }),
    refetchInterval: 15_000,
  });
  return (
    <section className="stack" aria-labelledby="certificates-title">
      <h2 id="certificates-title">{t("mobile.me.certificates")}</h2>
      {own.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {own.isError ? <p role="alert">{failureText(own.error)}</p> : null}
      {own.data?.certificates.length === 0 ? <p className="card">{t("mobile.welders.form.none")}</p> : null}
      <ul className="item-list">
        {own.data?.certificates.map((certificate) => (
          <CertificateItem key={certificate.certificateId} certificate={certificate} />
        ))}
      </ul>
      <Button
        className="big"
        block
        color="primary"
        fill="outline"
        onClick={() => navigate("/certificates/new")}
      >
        {t("mobile.welders.form.add")}
      </Button>
    </section>
  );
}

function CertificateItem({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = useCertificateWords();
  const { rejection } = certificate;
  return (
    <li className="card stack" data-verification={certificate.verification}>
      <div className="row">
        <strong>{name("certificateItem", certificate.item)}</strong>
        <StandingTag certificate={certificate} />
      </div>
      <p className="soft">{name("family", certificate.family)}</p>
      {certificate.number ? <p>{certificate.number}</p> : null}
      <p>{t("mobile.me.validTo", { day: certificate.validTo })}</p>
      {certificate.reviewDueOn ? <p>{t("mobile.me.reviewDue", { day: certificate.reviewDueOn })}</p> : null}
      {rejection ? (
        <p className="notice-warn">
          {t("mobile.welders.form.whySend", {
            reason: [t(`common.certificates.rejection.${rejection.reason}`), rejection.text]
              .filter(Boolean)
              .join(" · "),
          })}
        </p>
      ) : null}
      {certificate.verification === "rejected" ? (
        <Button
          className="plain"
          block
          color="primary"
          onClick={() => navigate(`/certificates/${certificate.certificateId}`)}
        >
          {t("mobile.welders.form.correct")}
        </Button>
      ) : null}
    </li>
  );
}

/** The one word that matters most: not yet or not accepted, then taken away, then over, then good. */
function StandingTag({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const { verification, status, isExpired } = certificate;
  if (verification !== "verified") {
    const tone = verification === "rejected" ? "tag-stop" : "tag-warn";
    return <span className={`tag ${tone}`}>{t(`common.certificates.verification.${verification}`)}</span>;
  }
  if (status === "valid" && isExpired)
    return <span className="tag tag-stop">{t("common.certificates.expired")}</span>;
  const tone = { valid: "tag-go", suspended: "tag-warn", revoked: "tag-stop" }[status];
  return <span className={`tag ${tone}`}>{t(`common.certificateStatus.${status}`)}</span>;
}
