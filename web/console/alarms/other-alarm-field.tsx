import { type AlarmSummary, alarmRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { ALARMS_KEY } from "../../live/use-live.ts";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import { whereOf } from "./alarm-words.tsx";

const MOST = 200;

/** Which other open alarm: of the same machine first, then of the same region. */
export function OtherAlarmField({
  alarm,
  name,
  failures,
}: {
  alarm: AlarmSummary;
  name: "otherAlarmId" | "intoAlarmId";
  failures: Record<string, string>;
}) {
  const { t } = useTranslation();
  const title = useAlarmTitle();
  const query = { isOpen: "true", pageSize: MOST, ...(alarm.region ? { region: alarm.region } : {}) };
  const others = useQuery({
    queryKey: [ALARMS_KEY, "others", query],
    queryFn: ({ signal }) => api.call(alarmRoutes.listAlarms, { query, signal }),
  });
  const near = (other: AlarmSummary) => (other.machineId === alarm.machineId ? 0 : 1);
  return (
    <Form.Item name={name} label={t("console.alarms.otherAlarm")} {...fieldFailure(failures[name])}>
      <Select
        virtual={false}
        loading={others.isPending}
        showSearch={{ optionFilterProp: "label" }}
        options={(others.data?.items ?? [])
          .filter(({ alarmId }) => alarmId !== alarm.alarmId)
          .sort((one, other) => near(one) - near(other))
          .map((other) => ({
            value: other.alarmId,
            label: `${title(other.kind)} · ${whereOf(other)} · ${dateTime(other.lastRaisedAt)}`,
          }))}
      />
    </Form.Item>
  );
}
