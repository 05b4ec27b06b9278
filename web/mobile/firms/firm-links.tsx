import { enterpriseRoutes, type Me } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, failureText } from "../../ui/api.ts";

/** The way to what a safety officer looks after, and to registering an organisation. */
export function FirmLinks({ me }: { me: Me }) {
  const { t } = useTranslation();
  const isOfficer = me.roles.some(({ role }) => role === "enterprise-officer");
  const firms = useQuery({
    queryKey: ["own-firms"],
    queryFn: ({ signal }) => api.call(enterpriseRoutes.listEnterprises, { query: { pageSize: 50 }, signal }),
    enabled: isOfficer,
  });
  const own = firms.data?.items.filter(({ enterpriseId }) =>
    me.roles.some((grant) => grant.role === "enterprise-officer" && grant.enterpriseId === enterpriseId),
  );
  return (
    <section className="stack" aria-labelledby="firms-title">
      <h2 id="firms-title">{t("mobile.enterprises.links.title")}</h2>
      {firms.isError ? <p role="alert">{failureText(firms.error)}</p> : null}
      <ul className="item-list">
        {own?.map(({ enterpriseId, name, status, roles }) => (
          <li key={enterpriseId}>
            <Link className="item-link" to={`/firms/${enterpriseId}`}>
              <span className="row">
                <strong>{name}</strong>
                <span className={`tag ${status === "active" ? "tag-go" : "tag-warn"}`}>
                  {t(`common.enterprise.status.${status}`)}
                </span>
              </span>
              <span className="soft">
                {roles.map((role) => t(`common.enterprise.role.${role}`)).join(" · ")}
              </span>
            </Link>
          </li>
        ))}
        <li>
          <Link className="item-link" to="/firms/register">
            <strong>{t("mobile.enterprises.links.register")} →</strong>
          </Link>
        </li>
      </ul>
    </section>
  );
}
