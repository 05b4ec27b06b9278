import {
  type Language,
  language as languages,
  messageChannel,
  messageSeverity,
  type TellingSettings,
  tellingRoutes,
} from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../api.ts";

interface Props {
  settings: TellingSettings;
  onSaved: (settings: TellingSettings) => void;
}

const DEFAULT_QUIET = { from: "22:00", until: "07:00" };

/** Which channels for which severity, the quiet hours, the language. */
export function PreferencesForm({ settings, onSaved }: Props) {
  const { t } = useTranslation();
  const [wish, setWish] = useState(settings.preferences);
  const save = useMutation({
    mutationFn: () => api.call(tellingRoutes.putTellingPreferences, { body: wish }),
    onSuccess: onSaved,
  });
  const { quiet } = wish;
  const change = (part: Partial<typeof wish>) => {
    save.reset();
    setWish({ ...wish, ...part });
  };
  return (
    <form
      className="card panel telling-part"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <h2>{t("common.telling.channelsTitle")}</h2>
      <p className="soft">{t("common.telling.channelsLead")}</p>
      {messageSeverity.options.toReversed().map((severity) => (
        <fieldset key={severity} className="telling-channels" data-severity={severity}>
          <legend>{t(`common.telling.severity.${severity}`)}</legend>
          {messageChannel.options.map((channel) => {
            const chosen = wish.channels[severity];
            const isOff = !settings.available.includes(channel);
            return (
              <label key={channel}>
                <input
                  type="checkbox"
                  checked={chosen.includes(channel)}
                  onChange={({ target }) =>
                    change({
                      channels: {
                        ...wish.channels,
                        [severity]: target.checked
                          ? [...chosen, channel]
                          : chosen.filter((one) => one !== channel),
                      },
                    })
                  }
                />
                <span>
                  {t(`common.telling.channel.${channel}`)}
                  {isOff ? <span className="soft small"> {t("common.telling.off")}</span> : null}
                </span>
              </label>
            );
          })}
        </fieldset>
      ))}
      <h2>{t("common.telling.quietTitle")}</h2>
      <p className="soft">{t("common.telling.quietLead")}</p>
      <label className="telling-row">
        <input
          type="checkbox"
          checked={quiet !== null}
          onChange={({ target }) => change({ quiet: target.checked ? DEFAULT_QUIET : null })}
        />
        <span>{t("common.telling.quietOn")}</span>
      </label>
      {quiet ? (
        <div className="telling-row">
          {(["from", "until"] as const).map((end) => (
            <label key={end}>
              <span>{t(`common.telling.${end}`)}</span>
              <input
                type="time"
                required
                value={quiet[end]}
                onChange={({ target }) => change({ quiet: { ...quiet, [end]: target.value } })}
              />
            </label>
          ))}
        </div>
      ) : null}
      <fieldset className="telling-channels">
        <legend>{t("common.telling.language")}</legend>
        {languages.options.map((name: Language) => (
          <label key={name} lang={name}>
            <input
              type="radio"
              name="message-language"
              checked={wish.language === name}
              onChange={() => change({ language: name })}
            />
            <span>{name === "en" ? "English" : "简体中文"}</span>
          </label>
        ))}
      </fieldset>
      {save.isError ? (
        <p className="field-error" role="alert">
          {failureText(save.error)}
        </p>
      ) : null}
      {save.isSuccess ? <p role="status">{t("common.telling.saved")}</p> : null}
      <button className="telling-button" type="submit" disabled={save.isPending}>
        {t("common.telling.save")}
      </button>
    </form>
  );
}
