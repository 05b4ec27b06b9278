import { type AlarmDetail, alarmRoutes } from "@hanyouxu/api";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { ActDialog, ActText } from "./act-dialog.tsx";
import { AssigneeFields } from "./assignee-fields.tsx";
import { OtherAlarmField } from "./other-alarm-field.tsx";

/** Acts that ask for something; the others are one press. */
export type AskedAct = Exclude<AlarmDetail["mayDo"][number], "acknowledge" | "accept"> | "note" | "link";

interface Values {
  note: string;
  reason: string;
  result: string;
  measures: string;
  department?: string | null;
  personId?: string | null;
  otherAlarmId?: string;
  intoAlarmId?: string;
}

const EMPTY: Values = { note: "", reason: "", result: "", measures: "" };

/** What an act asks for, and where it goes. */
export function AlarmActDialog({
  alarm,
  act,
  onClose,
}: {
  alarm: AlarmDetail;
  act: AskedAct;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { alarmId } = alarm;
  const params = { alarmId };
  const title = act === "note" || act === "link" ? t(`console.alarms.${act}`) : t(`common.alarms.act.${act}`);
  const text = (name: keyof Values, label: string, failures: Record<string, string>) => (
    <ActText key={name} name={name} label={label} failures={failures} />
  );
  const note = (failures: Record<string, string>) => text("note", t("console.alarms.noteOptional"), failures);
  const reason = (failures: Record<string, string>) => text("reason", t("console.alarms.reason"), failures);
  const asks: Record<
    AskedAct,
    {
      fields: (failures: Record<string, string>) => ReactNode;
      send: (values: Values) => Promise<AlarmDetail>;
    }
  > = {
    dispatch: {
      fields: (failures) => [
        <AssigneeFields key="to" alarmId={alarmId} failures={failures} />,
        note(failures),
      ],
      send: ({ department, personId, ...values }) =>
        api.call(alarmRoutes.dispatchAlarm, {
          params,
          body: { department: department ?? null, personId: personId ?? null, note: values.note },
        }),
    },
    arrive: {
      fields: note,
      send: (values) =>
        api.call(alarmRoutes.arriveAtAlarm, { params, body: { position: null, note: values.note } }),
    },
    handle: {
      fields: (failures) => [
        text("result", t("console.alarms.result"), failures),
        text("measures", t("console.alarms.measures"), failures),
        <p key="photos" className="soft">
          <a href={`/m/#/alarms/${alarmId}`}>{t("console.alarms.photosOnPhone")}</a>
        </p>,
      ],
      send: ({ result, measures }) =>
        api.call(alarmRoutes.handleAlarm, { params, body: { result, measures } }),
    },
    verify: {
      fields: note,
      send: (values) => api.call(alarmRoutes.verifyAlarm, { params, body: { note: values.note } }),
    },
    close: {
      fields: note,
      send: (values) => api.call(alarmRoutes.closeAlarm, { params, body: { note: values.note } }),
    },
    reopen: {
      fields: reason,
      send: (values) => api.call(alarmRoutes.reopenAlarm, { params, body: { reason: values.reason } }),
    },
    "false-alarm": {
      fields: reason,
      send: (values) => api.call(alarmRoutes.markFalseAlarm, { params, body: { reason: values.reason } }),
    },
    merge: {
      fields: (failures) => [
        <OtherAlarmField key="into" alarm={alarm} name="intoAlarmId" failures={failures} />,
        note(failures),
      ],
      send: ({ intoAlarmId = "", ...values }) =>
        api.call(alarmRoutes.mergeAlarm, { params, body: { intoAlarmId, note: values.note } }),
    },
    link: {
      fields: (failures) => [
        <OtherAlarmField key="other" alarm={alarm} name="otherAlarmId" failures={failures} />,
        note(failures),
      ],
      send: ({ otherAlarmId = "", ...values }) =>
        api.call(alarmRoutes.linkAlarm, { params, body: { otherAlarmId, note: values.note } }),
    },
    note: {
      fields: (failures) => text("note", t("console.alarms.noteText"), failures),
      send: (values) => api.call(alarmRoutes.noteAlarm, { params, body: { note: values.note } }),
    },
  };
  return (
    <ActDialog<Values>
      alarmId={alarmId}
      title={title}
      lead={t(`console.alarms.lead.${act}`)}
      isDanger={act === "false-alarm"}
      initial={EMPTY}
      fields={asks[act].fields}
      send={asks[act].send}
      onClose={onClose}
    />
  );
}
