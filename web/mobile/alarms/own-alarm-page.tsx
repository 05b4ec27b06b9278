import "./alarms.css";
import type { AlarmDetail } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { TextField } from "../../ui/text-field.tsx";
import { useMe } from "../../ui/use-me.ts";
import { useWord } from "../../ui/use-word.ts";
import { LoadFailure } from "../load-failure.tsx";
import { Page } from "../page.tsx";
import { AlarmHead } from "./alarm-head.tsx";
import { AlarmPictures, useFreshPictures } from "./alarm-pictures.tsx";
import { SaidHistory } from "./said-history.tsx";
import { useAlarm } from "./use-alarm.ts";
import { useAlarmOutbox } from "./use-alarm-outbox.ts";
import { WaitingActs } from "./waiting-acts.tsx";

const LONGEST_ANSWER = 500;

/** One alarm as those see it whom it is about: what happened, what was done, and their answer. */
export function OwnAlarmPage() {
  const { t } = useTranslation();
  const word = useWord();
  const me = useMe().data;
  const query = useAlarm(useParams().alarmId ?? "", true);
  const alarm = query.data;
  return (
    <Page title={alarm ? word(alarm.rule.title) : t("mobile.alarms.one")} backTo="/my-alarms">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !alarm ? <LoadFailure query={query} /> : null}
      {alarm ? (
        <>
          <AlarmHead alarm={alarm} />
          <SaidHistory alarm={alarm} />
          {alarm.mayAnswer && me ? <AnswerForm personId={me.personId} alarm={alarm} /> : null}
        </>
      ) : null}
    </Page>
  );
}

function AnswerForm({ personId, alarm }: { personId: string; alarm: AlarmDetail }) {
  const { t } = useTranslation();
  const { outbox, acts } = useAlarmOutbox(personId, alarm.alarmId);
  const pictures = useFreshPictures(personId, alarm, acts);
  const [note, setNote] = useState("");
  function answer() {
    outbox.add({
      actId: crypto.randomUUID(),
      alarmId: alarm.alarmId,
      said: { kind: "answer", note: note.trim() },
      evidenceIds: pictures,
      afterSeq: alarm.history.at(-1)?.seq ?? 0,
    });
    setNote("");
  }
  return (
    <>
      <WaitingActs
        outbox={outbox}
        acts={acts}
        onTakenBack={({ said }) => setNote("note" in said ? said.note : "")}
      />
      <section className="card stack" aria-labelledby="answer-title">
        <h2 id="answer-title">{t("mobile.alarms.answer")}</h2>
        <p className="soft">{t("mobile.alarms.answerLead")}</p>
        {/* The platform takes no pictures of what is over. */}
        {alarm.closedAt ? null : <AlarmPictures personId={personId} alarmId={alarm.alarmId} />}
        <TextField
          label={t("mobile.alarms.answerText")}
          value={note}
          maxLength={LONGEST_ANSWER}
          onChange={setNote}
        />
        <Button className="big" block color="primary" disabled={note.trim() === ""} onClick={answer}>
          {t("mobile.alarms.answerSend")}
        </Button>
      </section>
    </>
  );
}
