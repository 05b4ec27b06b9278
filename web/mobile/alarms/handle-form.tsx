import type { AlarmDetail } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/text-field.tsx";
import { useAlarmDraft } from "./alarm-draft.ts";
import type { AlarmOutbox, PendingAct } from "./alarm-outbox.ts";
import { AlarmPictures, useFreshPictures } from "./alarm-pictures.tsx";
import { type Check, checksOf } from "./checks.ts";

const LONGEST_TEXT = 500;
const SHORTEST_TEXT = 2;

interface Props {
  personId: string;
  alarm: AlarmDetail;
  waiting: readonly PendingAct[];
  outbox: AlarmOutbox;
}

/** At the place: the check list of the kind, pictures, what was found and what was done. */
export function HandleForm({ personId, alarm, waiting, outbox }: Props) {
  const { t } = useTranslation();
  const { draft, change, clear } = useAlarmDraft(personId, alarm.alarmId);
  const [isShort, setIsShort] = useState(false);
  const pictures = useFreshPictures(personId, alarm, waiting);
  const { result, measures, checked } = draft;
  const checks = checksOf(alarm.kind);
  const looked = (some: readonly Check[]) =>
    `\n${t("mobile.alarms.looked", {
      words: some.map((check) => t(`mobile.alarms.check.${check}`)).join(t("mobile.alarms.comma")),
    })}`;
  const tooShort = (text: string) =>
    isShort && text.trim().length < SHORTEST_TEXT ? t("mobile.alarms.tooShort") : undefined;
  function handIn() {
    if ([result, measures].some((text) => text.trim().length < SHORTEST_TEXT)) return setIsShort(true);
    const done = checks.filter((check) => checked.includes(check));
    outbox.add({
      actId: crypto.randomUUID(),
      alarmId: alarm.alarmId,
      said: {
        kind: "handle",
        result: done.length > 0 ? `${result.trim()}${looked(done)}` : result.trim(),
        measures: measures.trim(),
      },
      evidenceIds: pictures,
      afterSeq: alarm.history.at(-1)?.seq ?? 0,
    });
    clear();
  }
  return (
    <section className="card stack" aria-labelledby="handle-title">
      <h2 id="handle-title">{t("mobile.alarms.handle")}</h2>
      <fieldset className="alarm-checks">
        <legend>{t("mobile.alarms.checks")}</legend>
        {checks.map((check) => (
          <label key={check} className="alarm-check">
            <input
              type="checkbox"
              checked={checked.includes(check)}
              onChange={({ target }) =>
                change({
                  checked: target.checked ? [...checked, check] : checked.filter((one) => one !== check),
                })
              }
            />
            {t(`mobile.alarms.check.${check}`)}
          </label>
        ))}
      </fieldset>
      <AlarmPictures personId={personId} alarmId={alarm.alarmId} />
      <TextField
        label={t("mobile.alarms.result")}
        value={result}
        // The check list goes into the same text.
        maxLength={LONGEST_TEXT - looked(checks).length}
        onChange={(text) => change({ result: text })}
        error={tooShort(result)}
      />
      <TextField
        label={t("mobile.alarms.measures")}
        value={measures}
        maxLength={LONGEST_TEXT}
        onChange={(text) => change({ measures: text })}
        error={tooShort(measures)}
      />
      <p className="soft">{t("mobile.alarms.kept")}</p>
      <Button className="big" block color="primary" onClick={handIn}>
        {t("mobile.alarms.handIn", { count: pictures.length })}
      </Button>
    </section>
  );
}
