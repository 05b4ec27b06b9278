import type { DemoAccount } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Who a newcomer can be: welders with good and bad papers, and staff for the console. */
export function DemoAccounts({ accounts }: { accounts: readonly DemoAccount[] }) {
  const { t, i18n } = useTranslation();
  return (
    <section className="stack" aria-labelledby="accounts-title">
      <h2 id="accounts-title">{t("mobile.demoInbox.accounts")}</h2>
      <ul className="item-list">
        {accounts.map((account) => (
          <li key={`${account.phone} ${account.username}`} className="card stack">
            <p className="row">
              <strong>{account.name}</strong>
              <span className="tag">{t(`common.role.${account.role}`)}</span>
            </p>
            <p className="soft">{i18n.language === "en" ? account.note.en : account.note.zh}</p>
            <dl className="facts">
              {(["phone", "username", "password", "totp"] as const).map((field) =>
                account[field] ? (
                  <div key={field} className="facts-row">
                    <dt>{t(`mobile.demoInbox.${field}`)}</dt>
                    <dd data-field={field}>{account[field]}</dd>
                  </div>
                ) : null,
              )}
            </dl>
            {account.phone ? (
              <Link className="inbox-use" to={`/sign-in?${new URLSearchParams({ phone: account.phone })}`}>
                {t("mobile.demoInbox.use")}
              </Link>
            ) : (
              <a className="inbox-use" href="/console/">
                {t("mobile.demoInbox.console")}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
