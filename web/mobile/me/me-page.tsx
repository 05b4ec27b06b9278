import { type Language, language as languages } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { switchLanguage } from "../../i18n/start.ts";
import { failureText } from "../../ui/api.ts";
import { useMe, useSignOut } from "../../ui/use-me.ts";
import { Page } from "../page.tsx";
import { PrivacyLink } from "../privacy/privacy-link.tsx";
import { Certificates } from "./certificates.tsx";
import { SignIns } from "./sign-ins.tsx";

export function MePage() {
  const { t, i18n } = useTranslation();
  const me = useMe().data;
  const signOut = useMutation({ mutationFn: useSignOut() });
  return (
    <Page title={t("mobile.me.title")}>
      <section className="card">
        <h2>{me?.name}</h2>
        <p className="soft">{me?.phone}</p>
      </section>
      <Certificates />
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
