import { certificateRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";

const TONES = { valid: "tag-go", suspended: "tag-warn", revoked: "tag-stop" } as const;

export function Certificates() {
  const { t, i18n } = useTranslation();
  const own = useQuery({
    queryKey: ["own-certificates"],
    queryFn: ({ signal }) => api.call(certificateRoutes.listOwnCertificates, { signal }),
  });
  /** An item or family this page does not know, such as a printed TSG code, is shown as it is. */
  const name = (group: "family" | "certificateItem", word: string) => {
    const key = `common.${group}.${word}`;
    return i18n.exists(key) ? t(key as "common.family.emergency") : word;
  };
  return (
    <section className="stack" aria-labelledby="certificates-title">
      <h2 id="certificates-title">{t("mobile.me.certificates")}</h2>
      {own.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {own.isError ? <p role="alert">{failureText(own.error)}</p> : null}
      {own.data?.certificates.length === 0 ? <p className="card">{t("mobile.me.noCertificates")}</p> : null}
      <ul className="item-list">
        {own.data?.certificates.map((certificate) => (
          <li key={certificate.certificateId} className="card">
            <p className="row">
              <strong>{name("certificateItem", certificate.item)}</strong>
              <span className={`tag ${TONES[certificate.status]}`}>
                {t(`common.certificateStatus.${certificate.status}`)}
              </span>
            </p>
            <p className="soft">{name("family", certificate.family)}</p>
            {certificate.number ? <p>{certificate.number}</p> : null}
            <p>{t("mobile.me.validTo", { day: certificate.validTo })}</p>
            {certificate.reviewDueOn ? (
              <p>{t("mobile.me.reviewDue", { day: certificate.reviewDueOn })}</p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
