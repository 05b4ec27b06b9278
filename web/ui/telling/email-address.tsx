import { type TellingSettings, tellingRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../api.ts";
import { TextField } from "../text-field.tsx";

interface Props {
  settings: TellingSettings;
  onChanged: (settings: TellingSettings) => void;
  onRemoved: () => void;
}

/** The address to be told at: given, confirmed by the code that was sent there, or taken away. */
export function EmailAddress({ settings: { email, available }, onChanged, onRemoved }: Props) {
  const { t } = useTranslation();
  const [address, setAddress] = useState("");
  const [code, setCode] = useState("");
  const ask = useMutation({
    mutationFn: () => api.call(tellingRoutes.setEmail, { body: { address } }),
    onSuccess: onChanged,
  });
  const confirm = useMutation({
    mutationFn: () => api.call(tellingRoutes.confirmEmail, { body: { code } }),
    onSuccess: onChanged,
  });
  const remove = useMutation({
    mutationFn: () => api.call(tellingRoutes.removeEmail, {}),
    onSettled: onRemoved,
  });
  const failure = ask.error ?? confirm.error ?? remove.error;
  return (
    <section className="card panel telling-part">
      <h2>{t("common.telling.emailTitle")}</h2>
      {available.includes("email") ? null : <p className="soft">{t("common.telling.emailOff")}</p>}
      {email ? (
        <p className="telling-row">
          <span>
            {email.address} ·{" "}
            {t(email.isConfirmed ? "common.telling.emailConfirmed" : "common.telling.emailWaits")}
          </span>
          <button type="button" onClick={() => remove.mutate()}>
            {t("common.telling.emailRemove")}
          </button>
        </p>
      ) : null}
      {available.includes("email") && !email ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate();
          }}
        >
          <TextField
            label={t("common.telling.emailAddress")}
            type="email"
            autoComplete="email"
            value={address}
            onChange={setAddress}
          />
          <button className="telling-button" type="submit" disabled={ask.isPending}>
            {t("common.telling.emailSend")}
          </button>
        </form>
      ) : null}
      {email && !email.isConfirmed ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate();
          }}
        >
          <TextField
            label={t("common.telling.emailCode")}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={setCode}
          />
          <button className="telling-button" type="submit" disabled={confirm.isPending}>
            {t("common.telling.emailConfirm")}
          </button>
        </form>
      ) : null}
      {failure ? (
        <p className="field-error" role="alert">
          {failureText(failure)}
        </p>
      ) : null}
    </section>
  );
}
