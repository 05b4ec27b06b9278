import { type EnterpriseDetail, enterpriseRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useIndustryName } from "../../ui/use-industry-name.ts";
import { Failure } from "../ui/failure.tsx";

export function EnterpriseFacts({ enterprise }: { enterprise: EnterpriseDetail }) {
  const { t } = useTranslation();
  const industry = useIndustryName();
  const { enterpriseId, contact, place } = enterprise;
  const reveal = useMutation({
    mutationFn: () => api.call(enterpriseRoutes.readEnterpriseContacts, { params: { enterpriseId } }),
  });
  const inFull = reveal.data?.contact ?? contact;
  return (
    <div className="enterprise-side">
      {enterprise.warnings.map((warning) => (
        <Alert key={warning} type="warning" showIcon title={t(`common.enterprise.warning.${warning}`)} />
      ))}
      <section className="panel">
        <dl className="facts">
          <dt>{t("console.enterprises.uscc")}</dt>
          <dd className="code">{enterprise.uscc ?? "–"}</dd>
          <dt>{t("console.enterprises.roles")}</dt>
          <dd>{enterprise.roles.map((role) => t(`common.enterprise.role.${role}`)).join(" · ")}</dd>
          <dt>{t("console.enterprises.type")}</dt>
          <dd>{enterprise.type ? t(`common.enterprise.type.${enterprise.type}`) : "–"}</dd>
          <dt>{t("console.enterprises.domain")}</dt>
          <dd>{enterprise.domain ? t(`common.enterprise.domain.${enterprise.domain}`) : "–"}</dd>
          <dt>{t("console.enterprises.industry")}</dt>
          <dd>{enterprise.industry ? industry(enterprise.industry) : "–"}</dd>
          <dt>{t("console.enterprises.staff")}</dt>
          <dd>{enterprise.staffCount ?? "–"}</dd>
          <dt>{t("console.enterprises.region")}</dt>
          <dd>{enterprise.regionName}</dd>
          <dt>{t("console.enterprises.address")}</dt>
          <dd>{enterprise.address ?? "–"}</dd>
          <dt>{t("console.enterprises.place")}</dt>
          <dd>
            {place
              ? `${place.latitudeDegrees.toFixed(5)}, ${place.longitudeDegrees.toFixed(5)}`
              : t("console.enterprises.noPlace")}
          </dd>
          <dt>{t("console.enterprises.contact")}</dt>
          <dd>{inFull ? `${inFull.name} ${inFull.phone}` : "–"}</dd>
          <dt>{t("console.enterprises.createdAt")}</dt>
          <dd>{dateTime(enterprise.createdAt)}</dd>
          {enterprise.statusReason ? (
            <>
              <dt>{t("console.enterprises.reason")}</dt>
              <dd className="is-warn">{enterprise.statusReason}</dd>
            </>
          ) : null}
        </dl>
      </section>
      <section className="panel">
        {reveal.data ? (
          <ul>
            {reveal.data.officers.map(({ personId, name, phone }) => (
              <li key={personId}>
                {name} {phone}
              </li>
            ))}
          </ul>
        ) : (
          <Button onClick={() => reveal.mutate()} loading={reveal.isPending}>
            {t("console.enterprises.reveal")}
          </Button>
        )}
        <p className="soft small">{t("console.enterprises.revealHint")}</p>
        {reveal.isError ? <Failure error={reveal.error} /> : null}
      </section>
    </div>
  );
}
