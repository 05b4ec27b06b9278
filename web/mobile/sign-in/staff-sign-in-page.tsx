import { signInRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { ME_KEY } from "../../ui/use-me.ts";
import { Page } from "../page.tsx";

/** Fire-station staff on the way: the account of the console, on the phone. */
export function StaffSignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const from = (useLocation().state as { from?: string } | null)?.from ?? "/station-calls";
  const client = useQueryClient();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const signIn = useMutation({
    mutationFn: () => api.call(signInRoutes.signInStaff, { body: { username, password, totp } }),
    onSuccess: ({ me }) => {
      client.setQueryData(ME_KEY, me);
      navigate(from, { replace: true });
    },
  });
  const fields = fieldFailures(signIn.error);
  return (
    <Page title={t("mobile.stations.signIn.title")} backTo="/sign-in">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <TextField
          label={t("mobile.demoInbox.username")}
          value={username}
          onChange={setUsername}
          error={fields.username}
          autoComplete="username"
          autoCapitalize="none"
          maxLength={64}
        />
        <TextField
          label={t("mobile.demoInbox.password")}
          type="password"
          value={password}
          onChange={setPassword}
          error={fields.password}
          autoComplete="current-password"
          maxLength={256}
        />
        <TextField
          label={t("mobile.demoInbox.totp")}
          value={totp}
          onChange={setTotp}
          error={fields.totp}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
        />
        {signIn.isError && Object.keys(fields).length === 0 ? (
          <p className="field-error" role="alert">
            {failureText(signIn.error)}
          </p>
        ) : null}
        <Button className="big" type="submit" block color="primary" loading={signIn.isPending}>
          {t("mobile.signIn.submit")}
        </Button>
      </form>
    </Page>
  );
}
