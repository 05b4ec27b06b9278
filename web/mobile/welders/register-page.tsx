import "./welders.css";
import { welderRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { ME_KEY, useSignOut } from "../../ui/use-me.ts";
import { Page } from "../page.tsx";
import { PhotoField } from "./photo-field.tsx";

/** Once in a welder's life: who he is, and that he agrees. */
export function RegisterPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const signOut = useSignOut();
  const sheet = useQuery({
    queryKey: ["registration"],
    queryFn: ({ signal }) => api.call(welderRoutes.getRegistration, { signal }),
  });
  const [name, setName] = useState<string>();
  const [identityNumber, setIdentityNumber] = useState("");
  const [township, setTownship] = useState("");
  const [hasAgreed, setHasAgreed] = useState(false);
  const [portrait, setPortrait] = useState<string>();
  const register = useMutation({
    mutationFn: async () => {
      const consentTextId = hasAgreed ? (sheet.data?.consent.consentTextId ?? "") : "";
      const body = { name: name ?? sheet.data?.name ?? "", identityNumber, township, consentTextId };
      const me = await api.call(welderRoutes.registerWelder, { body });
      client.setQueryData(ME_KEY, me);
      // Optional as it is, a portrait that did not arrive keeps nobody from going on.
      if (portrait) await api.call(welderRoutes.setPortrait, { body: { photo: portrait } }).catch(() => {});
    },
    onSuccess: () => navigate("/certificates/new", { replace: true }),
  });
  const fields = fieldFailures(register.error);
  const isGeneral = register.error && Object.keys(fields).length === 0;
  const known = sheet.data;
  if (known?.isRegistered && !register.isPending && !register.isSuccess) return <Navigate to="/me" replace />;
  return (
    <Page title={t("mobile.welders.register.title")}>
      <p>{t("mobile.welders.register.lead")}</p>
      {sheet.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {sheet.isError ? (
        <>
          <p role="alert">{failureText(sheet.error)}</p>
          <Button className="big" block color="primary" onClick={() => void sheet.refetch()}>
            {t("common.retry")}
          </Button>
        </>
      ) : null}
      {known ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            register.mutate();
          }}
        >
          <TextField
            label={t("mobile.welders.register.name")}
            value={name ?? known.name}
            onChange={setName}
            error={fields.name}
            autoComplete="name"
            maxLength={50}
          />
          <TextField
            label={t("mobile.welders.register.identityNumber")}
            value={identityNumber}
            onChange={(value) => setIdentityNumber(value.replaceAll(/\s/g, "").toUpperCase())}
            error={fields.identityNumber}
            autoComplete="off"
            maxLength={18}
          />
          <SelectField
            label={t("mobile.welders.register.township")}
            value={township}
            onChange={setTownship}
            empty={t("mobile.welders.register.chooseTownship")}
            options={known.townships.map(({ code, name: town, countyName }) => ({
              value: code,
              word: `${countyName} ${town}`,
            }))}
            error={fields.township}
          />
          <PhotoField
            label={t("mobile.welders.register.portrait")}
            hint={t("mobile.welders.register.portraitWhy")}
            onPicture={setPortrait}
          />
          <section className="card stack" aria-labelledby="consent-title">
            <h2 id="consent-title">{t("mobile.welders.register.consentTitle")}</h2>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard. */}
            <p className="consent-text" tabIndex={0}>
              {i18n.language === "en" ? known.consent.body.en : known.consent.body.zh}
            </p>
            <p className="soft">
              {t("mobile.welders.register.consentVersion", { version: known.consent.version })}
            </p>
            <label className="agree">
              <input
                type="checkbox"
                checked={hasAgreed}
                onChange={(event) => setHasAgreed(event.target.checked)}
              />
              {t("mobile.welders.register.agree")}
            </label>
            {fields.consentTextId ? (
              <p className="field-error" role="alert">
                {t("mobile.welders.register.agreeFirst")}
              </p>
            ) : null}
          </section>
          {isGeneral ? (
            <p className="field-error" role="alert">
              {failureText(register.error)}
            </p>
          ) : null}
          <Button className="big" type="submit" block color="primary" loading={register.isPending}>
            {t("mobile.welders.register.submit")}
          </Button>
          <Button className="plain" block onClick={() => void signOut()}>
            {t("mobile.me.signOut")}
          </Button>
        </form>
      ) : null}
    </Page>
  );
}
