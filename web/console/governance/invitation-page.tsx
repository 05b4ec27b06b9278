import "./governance.css";
import { staffAccountRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, QRCode, Result, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";

interface Entry {
  password: string;
  again: string;
  totp: string;
}

/** Where an invitation leads: scan the secret, choose the password, prove the authenticator. */
export function InvitationPage() {
  const { t } = useTranslation();
  const { token = "" } = useParams();
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => api.call(staffAccountRoutes.openInvitation, { body: { token } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const accept = useMutation({
    mutationFn: ({ password, totp }: Entry) =>
      api.call(staffAccountRoutes.acceptInvitation, { body: { token, password, totp } }),
  });
  const fields = fieldFailures(accept.error);
  const item = (name: string) =>
    fields[name] ? { name, validateStatus: "error" as const, help: fields[name] } : { name };
  if (accept.isSuccess) {
    return (
      <main className="sign-in">
        <Result
          status="success"
          title={<h1 className="page-title">{t("console.governance.invitation.done")}</h1>}
          subTitle={t("console.governance.invitation.doneNext")}
          extra={<Link to="/sign-in">{t("console.governance.invitation.signIn")}</Link>}
        />
      </main>
    );
  }
  const shown = invitation.data;
  return (
    <main className="sign-in">
      <section className="panel sign-in-panel invitation-panel">
        <h1>{t("console.governance.invitation.title")}</h1>
        {invitation.isError ? <Failure error={invitation.error} /> : null}
        {invitation.isPending ? <Spin description={t("common.loading")} /> : null}
        {shown ? (
          <>
            <p>
              {t("console.governance.invitation.username")} <strong>{shown.username}</strong>
            </p>
            <h2 className="panel-title">{t("console.governance.invitation.scan")}</h2>
            <div className="invitation-code" aria-hidden="true">
              <QRCode
                type="svg"
                value={shown.totpUri}
                size={200}
                color="#000"
                bgColor="#fff"
                bordered={false}
              />
            </div>
            <p className="small soft">
              {t("console.governance.invitation.secret")}{" "}
              <span className="code" data-testid="secret">
                {new URL(shown.totpUri).searchParams.get("secret")}
              </span>
            </p>
            <h2 className="panel-title">{t("console.governance.invitation.choose")}</h2>
            <Form<Entry>
              layout="vertical"
              requiredMark={false}
              initialValues={{ password: "", again: "", totp: "" }}
              onFinish={(entry) => accept.mutate(entry)}
            >
              <input type="hidden" autoComplete="username" value={shown.username} readOnly />
              <Form.Item
                label={t("console.governance.invitation.password")}
                extra={t("console.governance.invitation.passwordHint")}
                {...item("password")}
              >
                <Input.Password autoComplete="new-password" />
              </Form.Item>
              <Form.Item
                label={t("console.governance.invitation.again")}
                name="again"
                dependencies={["password"]}
                rules={[
                  ({ getFieldValue }) => ({
                    validator: async (_, again: string) => {
                      if (again !== getFieldValue("password"))
                        throw new Error(t("console.governance.invitation.differs"));
                    },
                  }),
                ]}
              >
                <Input.Password autoComplete="new-password" />
              </Form.Item>
              <Form.Item label={t("console.governance.invitation.totp")} {...item("totp")}>
                <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
              </Form.Item>
              {accept.isError && Object.keys(fields).length === 0 ? (
                <Alert type="error" showIcon title={failureText(accept.error)} />
              ) : null}
              <Button type="primary" htmlType="submit" block loading={accept.isPending}>
                {t("console.governance.invitation.submit")}
              </Button>
            </Form>
          </>
        ) : null}
      </section>
    </main>
  );
}
