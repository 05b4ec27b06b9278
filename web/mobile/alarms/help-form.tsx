import { type AlarmDetail, alarmRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useWord } from "../../ui/use-word.ts";
import type { SaidAct } from "./alarm-outbox.ts";
import { ALARMS_KEY } from "./use-alarm.ts";

/** Where the alarm goes: nowhere, to a department, or to a person. */
type To = "" | `department:${string}` | `person:${string}`;

/** Asks for help: says so in the history, and where it must go to somebody else hands it over. */
export function HelpForm({
  alarm,
  mayDispatch,
  say,
}: {
  alarm: AlarmDetail;
  mayDispatch: boolean;
  say: (said: SaidAct) => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const { alarmId } = alarm;
  const [isOpen, setIsOpen] = useState(false);
  const [note, setNote] = useState("");
  const [to, setTo] = useState<To>("");
  const assignees = useQuery({
    queryKey: [ALARMS_KEY, "assignees", alarmId],
    queryFn: ({ signal }) => api.call(alarmRoutes.listAlarmAssignees, { params: { alarmId }, signal }),
    enabled: isOpen && mayDispatch,
    staleTime: 60_000,
  }).data;
  if (!isOpen) {
    return (
      <Button className="big" block onClick={() => setIsOpen(true)}>
        {t("mobile.alarms.help")}
      </Button>
    );
  }
  function send() {
    const [what, id = ""] = to.split(":");
    const words = t("mobile.alarms.helpWords", { note: note.trim() });
    if (to === "") say({ kind: "note", note: words });
    else {
      say({
        kind: "dispatch",
        department: what === "department" ? id : null,
        personId: what === "person" ? id : null,
        note: words,
      });
    }
    setIsOpen(false);
    setNote("");
    setTo("");
  }
  const options = [
    ...(assignees?.departments ?? []).map(({ department, name }) => ({
      value: `department:${department}`,
      word: word(name),
    })),
    ...(assignees?.people ?? []).map(({ personId, name, role }) => ({
      value: `person:${personId}`,
      word: `${name} · ${t(`common.role.${role}` as "common.role.regulator")}`,
    })),
  ];
  return (
    <section className="card stack" aria-labelledby="help-title">
      <h2 id="help-title">{t("mobile.alarms.help")}</h2>
      <TextField label={t("mobile.alarms.helpWhat")} value={note} maxLength={300} onChange={setNote} />
      {mayDispatch ? (
        <SelectField
          label={t("mobile.alarms.helpWho")}
          value={to}
          onChange={(value) => setTo(value as To)}
          options={options}
          empty={t("mobile.alarms.helpNobody")}
        />
      ) : null}
      <Button className="big" block color="primary" disabled={note.trim() === ""} onClick={send}>
        {t("mobile.alarms.helpSend")}
      </Button>
      <Button className="big" block onClick={() => setIsOpen(false)}>
        {t("common.cancel")}
      </Button>
    </section>
  );
}
