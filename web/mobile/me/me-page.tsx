import { type Language, language as languages, type Role } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { switchLanguage } from "../../i18n/start.ts";
import { failureText } from "../../ui/api.ts";
import { useMe, useSignOut } from "../../ui/use-me.ts";
import { FirmLinks } from "../firms/firm-links.tsx";
import { Memberships } from "../firms/memberships.tsx";
import { MessagesLink } from "../messages/messages-link.tsx";
import { Page } from "../page.tsx";
import { PrivacyLink } from "../privacy/privacy-link.tsx";
import { Notices } from "../welders/notices.tsx";
import { Certificates } from "./certificates.tsx";
import { SignIns } from "./sign-ins.tsx";

/** Who writes, watches or approves hot-work permits. */
const HOT_WORKERS = ["welder", "fire-watch", "enterprise-officer"] as const;

/** Who handles alarms, and whose own there are. */
const ALARM_ROLES: readonly Role[] = ["operator", "regulator", "station-staff"];
const OWN_ALARM_ROLES: readonly Role[] = ["welder", "enterprise-officer"];

export function MePage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const me = useMe().data;
  const roles = me?.roles.map(({ role }) => role) ?? [];
  const signOut = useMutation({ mutationFn: useSignOut() });
  return (
    <Page title={t("mobile.me.title")}>
      <section className="card">
        <h2>{me?.name}</h2>
        <p className="soft">{me?.phone}</p>
      </section>
      <MessagesLink />
      <Notices />
      {roles.includes("installer") ? (
        <Link className="item-link" to="/retrofit">
          <strong>{t("mobile.retrofit.title")}</strong>
          <span className="soft">{t("mobile.retrofit.lead")}</span>
        </Link>
      ) : null}
      {HOT_WORKERS.some((role) => roles.includes(role)) ? (
        <Link className="item-link" to="/permits">
          <strong>{t("mobile.permits.title")}</strong>
          <span className="soft">{t("mobile.permits.lead")}</span>
        </Link>
      ) : null}
      {roles.includes("station-staff") ? (
        <>
          <Link className="item-link" to="/station-calls">
            <strong>{t("mobile.stations.title")}</strong>
          </Link>
          <Link className="item-link" to="/duty">
            <strong>{t("mobile.duty.title")}</strong>
            <span className="soft">{t("mobile.duty.lead")}</span>
          </Link>
        </>
      ) : null}
      {roles.some((role) => ALARM_ROLES.includes(role)) ? (
        <Link className="item-link" to="/alarms">
          <strong>{t("mobile.alarms.title")}</strong>
          <span className="soft">{t("mobile.alarms.lead")}</span>
        </Link>
      ) : null}
      {roles.some((role) => OWN_ALARM_ROLES.includes(role)) ? (
        <Link className="item-link" to="/my-alarms">
          <strong>{t("mobile.alarms.own")}</strong>
        </Link>
      ) : null}
      {roles.includes("enterprise-officer") ? (
        <Link className="item-link" to="/rectifications">
          <strong>{t("common.rectification.title")}</strong>
          <span className="soft">{t("mobile.rectification.lead")}</span>
        </Link>
      ) : null}
      {roles.some((role) => OWN_ALARM_ROLES.includes(role)) ? (
        <Link className="item-link" to="/credit">
          <strong>{t("mobile.rectification.credit")}</strong>
          <span className="soft">{t("mobile.rectification.creditLead")}</span>
        </Link>
      ) : null}
      <Link className="item-link" to="/clearances">
        <strong>{t("mobile.clearances.own")}</strong>
      </Link>
      {roles.includes("welder") ? (
        <>
          <Certificates />
          <Memberships />
        </>
      ) : null}
      {roles.length === 0 ? (
        <Button className="big" block color="primary" onClick={() => navigate("/register")}>
          {t("mobile.welders.register.title")}
        </Button>
      ) : null}
      {me ? <FirmLinks me={me} /> : null}
      <PrivacyLink />
      <fieldset className="switch">
        <legend>{t("mobile.me.language")}</legend>
        {languages.options.map((name: Language) => (
          <label key={name} className={name === i18n.language ? "is-chosen" : ""} lang={name}>
            <input
              className="visually-hidden"
              type="radio"
              name="language"
              checked={name === i18n.language}
              onChange={() => void switchLanguage(name)}
            />
            {name === "en" ? "English" : "简体中文"}
          </label>
        ))}
      </fieldset>
      <SignIns />
      {signOut.isError ? (
        <p className="field-error" role="alert">
          {failureText(signOut.error)}
        </p>
      ) : null}
      <Button className="big" block loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {t("mobile.me.signOut")}
      </Button>
    </Page>
  );
}
