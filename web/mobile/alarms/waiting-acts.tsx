import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import type { AlarmOutbox, PendingAct } from "./alarm-outbox.ts";

interface Props {
  outbox: AlarmOutbox;
  acts: readonly PendingAct[];
  /** With what was said, before it is gone. */
  onTakenBack: (act: PendingAct) => void;
}

/** What was said and is not with the platform yet: it waits, or was refused with the reason. */
export function WaitingActs({ outbox, acts, onTakenBack }: Props) {
  const { t } = useTranslation();
  if (acts.length === 0) return null;
  return (
    <section className="card stack waiting-acts" aria-labelledby="waiting-title">
      <h2 id="waiting-title">{t("mobile.alarms.waiting")}</h2>
      <ul className="stack">
        {acts.map((act) => {
          const { actId, said, refusal } = act;
          return (
            <li key={actId} data-waiting={said.kind} data-refused={refusal !== null}>
              <strong>{t(`common.alarms.what.${said.kind}`)}</strong>
              {"note" in said && said.note ? <p>{said.note}</p> : null}
              {refusal === null ? (
                <p className="soft">{t("mobile.alarms.waits")}</p>
              ) : (
                <p className="field-error" role="alert">
                  {refusal}
                </p>
              )}
              {refusal === null ? null : (
                <Button
                  className="plain"
                  onClick={() => {
                    onTakenBack(act);
                    outbox.remove(actId);
                    outbox.wake();
                  }}
                >
                  {t("mobile.alarms.takeBack")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <Button className="plain" onClick={outbox.wake}>
        {t("mobile.alarms.sendNow")}
      </Button>
    </section>
  );
}
