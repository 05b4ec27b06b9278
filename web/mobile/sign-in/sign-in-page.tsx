import { type Language, signInRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate, useSearchParams } from "react-router";
import { switchLanguage } from "../../i18n/start.ts";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { ME_KEY } from "../../ui/use-me.ts";
import { useCountDown } from "./use-count-down.ts";

export function SignInPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const from = (useLocation().state as { from?: string } | null)?.from ?? "/";
  const [search] = useSearchParams();
  const client = useQueryClient();
  const isDemo = useMapConfig().data?.isDemo === true;
  const [phone, setPhone] = useState(search.get("phone") ?? "");
  const [code, setCode] = useState(search.get("code") ?? "");
  const [resendAtMs, setResendAtMs] = useState(0);
  const secondsLeft = useCountDown(resendAtMs);

  const send = useMutation({
    mutationFn: () => api.call(signInRoutes.requestCode, { body: { phone } }),
    onSuccess: ({ resendAfterSeconds }) => setResendAtMs(Date.now() + resendAfterSeconds * 1_000),
  });
  const verify = useMutation({
    mutationFn: () => api.call(signInRoutes.verifyCode, { body: { phone, code } }),
    onSuccess: ({ me }) => {
      client.setQueryData(ME_KEY, me);
      navigate(from, { replace: true });
    },
  });
  const fields = { ...fieldFailures(send.error), ...fieldFailures(verify.error) };
  const failure = [verify.error, send.error].find(
    (error) => error && Object.keys(fieldFailures(error)).length === 0,
  );
  const other: Language = i18n.language === "en" ? "zh-CN" : "en";

  return (
    <main className="stack">
      <header className="hero">
        <div className="row">
          <h1>{t("common.appName")}</h1>
          <button type="button" className="hero-language" lang={other} onClick={() => switchLanguage(other)}>
            {t("common.switchLanguage")}
          </button>
        </div>
        <p>{t("mobile.signIn.lead")}</p>
      </header>
      <form
        className="page"
        onSubmit={(event) => {
          event.preventDefault();
          verify.mutate();
        }}
      >
        <TextField
          label={t("mobile.signIn.phone")}
          value={phone}
          onChange={(value) => setPhone(value.replaceAll(/\s/g, ""))}
          error={fields.phone}
          type="tel"
          inputMode="numeric"
          autoComplete="tel-national"
          maxLength={11}
        />
        <TextField
          label={t("mobile.signIn.code")}
          value={code}
          onChange={(value) => setCode(value.replaceAll(/\s/g, ""))}
          error={fields.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          after={
            <Button
              className="plain"
              color="primary"
              fill="none"
              loading={send.isPending}
              disabled={secondsLeft > 0}
              onClick={() => send.mutate()}
            >
              {secondsLeft > 0
                ? t("mobile.signIn.resendIn", { seconds: secondsLeft })
                : t("mobile.signIn.sendCode")}
            </Button>
          }
        />
        {send.data ? (
          <p className="soft" role="status">
            {t("mobile.signIn.sent", { minutes: Math.round(send.data.expiresInSeconds / 60) })}
          </p>
        ) : null}
        {failure ? (
          <p className="field-error" role="alert">
            {failureText(failure)}
          </p>
        ) : null}
        <Button className="big" type="submit" block color="primary" loading={verify.isPending}>
          {t("mobile.signIn.submit")}
        </Button>
        {isDemo ? (
          <p className="card">
            {t("mobile.signIn.demo")} <Link to="/demo-inbox">{t("mobile.signIn.demoInbox")}</Link>
          </p>
        ) : null}
        <Link className="photo-button" to="/sign-in/staff" state={{ from }}>
          {t("mobile.stations.signIn.link")}
        </Link>
        <p className="soft small">
          <a href="/console/">{t("mobile.signIn.staff")}</a>
        </p>
      </form>
    </main>
  );
}
