import { type Language, signInRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { switchLanguage } from "../../i18n/start.ts";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { ME_KEY } from "../../ui/use-me.ts";

interface Entry {
  username: string;
  password: string;
  totp: string;
}

export function SignInPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const from = (useLocation().state as { from?: string } | null)?.from ?? "/";
  const client = useQueryClient();
  const isDemo = useMapConfig().data?.isDemo === true;
  const signIn = useMutation({
    mutationFn: (entry: Entry) => api.call(signInRoutes.signInStaff, { body: entry }),
    onSuccess: ({ me }) => {
      client.setQueryData(ME_KEY, me);
      navigate(from, { replace: true });
    },
  });
  const fields = fieldFailures(signIn.error);
  const isOther = signIn.isError && Object.keys(fields).length === 0;
  const other: Language = i18n.language === "en" ? "zh-CN" : "en";
  const item = (name: keyof Entry) =>
    fields[name] ? { name, validateStatus: "error" as const, help: fields[name] } : { name };

  return (
    <main className="sign-in">
      <section className="panel sign-in-panel">
        <Button
          className="sign-in-language"
          type="text"
          lang={other}
          onClick={() => void switchLanguage(other)}
        >
          {t("common.switchLanguage")}
        </Button>
        <img src="/icons/icon.svg" alt="" width="56" height="56" />
        <h1>{t("console.signIn.title")}</h1>
        <p className="soft">{t("console.signIn.lead")}</p>
        <Form<Entry>
          layout="vertical"
          size="large"
          requiredMark={false}
          initialValues={{ username: "", password: "", totp: "" }}
          onFinish={(entry) => signIn.mutate(entry)}
        >
          <Form.Item label={t("console.signIn.username")} {...item("username")}>
            <Input autoComplete="username" />
          </Form.Item>
          <Form.Item label={t("console.signIn.password")} {...item("password")}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item label={t("console.signIn.totp")} extra={t("console.signIn.totpHint")} {...item("totp")}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
          </Form.Item>
          {isOther ? <Alert type="error" showIcon title={failureText(signIn.error)} /> : null}
          <Button
            className="sign-in-submit"
            type="primary"
            htmlType="submit"
            block
            loading={signIn.isPending}
          >
            {t("console.signIn.submit")}
          </Button>
        </Form>
        {isDemo ? <a href="/m/#/demo-inbox">{t("console.signIn.demo")}</a> : null}
        <a href="/m/">{t("console.signIn.welder")}</a>
      </section>
    </main>
  );
}
