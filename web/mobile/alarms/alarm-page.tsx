import "../capture/capture.css";
import "./alarms.css";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useMe } from "../../ui/use-me.ts";
import { useWord } from "../../ui/use-word.ts";
import { LoadFailure } from "../load-failure.tsx";
import { Page } from "../page.tsx";
import { AlarmCameras } from "./alarm-cameras.tsx";
import { AlarmHead } from "./alarm-head.tsx";
import { AlarmSteps } from "./alarm-steps.tsx";
import { useAlarm } from "./use-alarm.ts";

/** One alarm on the phone of who goes there. */
export function AlarmPage() {
  const { t } = useTranslation();
  const word = useWord();
  const me = useMe().data;
  const query = useAlarm(useParams().alarmId ?? "", false);
  const alarm = query.data;
  return (
    <Page title={alarm ? word(alarm.rule.title) : t("mobile.alarms.one")} backTo="/alarms">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !alarm ? <LoadFailure query={query} /> : null}
      {alarm && me ? (
        <>
          <AlarmHead alarm={alarm} />
          <AlarmCameras alarmId={alarm.alarmId} />
          <AlarmSteps personId={me.personId} alarm={alarm} />
        </>
      ) : null}
    </Page>
  );
}
