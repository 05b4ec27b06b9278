import { type AlarmDetail, alarmRoutes } from "@hanyouxu/api";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { AlarmActDialog, type AskedAct } from "./alarm-act-dialog.tsx";
import { useAlarmAct } from "./use-alarm.ts";

/** Needs no word: one press does it. */
const AT_ONCE = ["acknowledge", "accept"] as const;
type AtOnce = (typeof AT_ONCE)[number];

type Act = AlarmDetail["mayDo"][number];

const isAtOnce = (act: Act): act is AtOnce => AT_ONCE.some((one) => one === act);
const DANGEROUS: readonly Act[] = ["false-alarm"];

/** Everything that the person may do about the alarm now, as the platform says. */
export function AlarmActs({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<AskedAct>();
  const { alarmId, mayDo, mayNote } = alarm;
  const press = useAlarmAct(alarmId, (act: AtOnce) =>
    api.call(act === "accept" ? alarmRoutes.acceptAlarm : alarmRoutes.acknowledgeAlarm, {
      params: { alarmId },
      body: {},
    }),
  );
  return (
    <>
      <div className="alarm-acts">
        {mayDo.map((act, index) => (
          <Button
            key={act}
            type={index === 0 ? "primary" : "default"}
            danger={DANGEROUS.includes(act)}
            loading={press.isPending && press.variables === act}
            onClick={() => (isAtOnce(act) ? press.mutate(act) : setAsked(act))}
          >
            {t(`common.alarms.act.${act}`)}
          </Button>
        ))}
        {mayNote ? (
          <>
            <Button onClick={() => setAsked("note")}>{t("console.alarms.note")}</Button>
            <Button onClick={() => setAsked("link")}>{t("console.alarms.link")}</Button>
          </>
        ) : null}
      </div>
      {press.isError ? <Alert type="error" showIcon title={failureText(press.error)} /> : null}
      {asked ? <AlarmActDialog alarm={alarm} act={asked} onClose={() => setAsked(undefined)} /> : null}
    </>
  );
}
