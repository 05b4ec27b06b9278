import { type AlarmSummary, alarmRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { ALARMS_KEY } from "../../live/use-live.ts";
import { api, failureText } from "../../ui/api.ts";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { whereOf } from "./alarm-words.tsx";

interface Props {
  items: readonly AlarmSummary[];
  marked: ReadonlySet<string>;
  onMark: (alarmIds: readonly string[]) => void;
}

/** Acknowledges what is marked; what could not be is named with its reason, and stays named until it was read. */
export function BulkAcknowledge({ items, marked, onMark }: Props) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const title = useAlarmTitle();
  const client = useQueryClient();
  const acknowledge = useMutation({
    mutationFn: async (chosen: readonly AlarmSummary[]) => {
      const { acknowledged, refused } = await api.call(alarmRoutes.acknowledgeAlarms, {
        body: { alarmIds: chosen.map(({ alarmId }) => alarmId) },
      });
      const named = refused.map(({ alarmId, code }) => {
        const alarm = chosen.find((one) => one.alarmId === alarmId);
        const key = `console.alarms.refused.${code.replace("alarm.", "")}`;
        const why = i18n.exists(key) ? t(key as "console.alarms.refused.over") : code;
        return { alarmId, words: `${alarm ? `${title(alarm.kind)} · ${whereOf(alarm)}` : alarmId}: ${why}` };
      });
      return { count: acknowledged.length, named };
    },
    onSuccess: ({ count }) => {
      onMark([]);
      if (count > 0) void message.success(t("console.alarms.acknowledged", { count }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: [ALARMS_KEY] }),
  });
  const waiting = items.filter(({ handling }) => handling === "unacknowledged");
  const chosen = items.filter(({ alarmId }) => marked.has(alarmId));
  const named = acknowledge.data?.named ?? [];
  return (
    <>
      <div className="alarm-bulk">
        <Button disabled={waiting.length === 0} onClick={() => onMark(waiting.map(({ alarmId }) => alarmId))}>
          {t("console.alarms.markAll", { count: waiting.length })}
        </Button>
        <Button
          type="primary"
          disabled={chosen.length === 0}
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate(chosen)}
        >
          {t("console.alarms.acknowledgeMarked", { count: chosen.length })}
        </Button>
        <span className="soft small">{t("console.alarms.keys")}</span>
      </div>
      {acknowledge.isError ? <Alert type="error" showIcon title={failureText(acknowledge.error)} /> : null}
      {named.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          closable={{ onClose: () => acknowledge.reset() }}
          title={t("console.alarms.notAcknowledged", { count: named.length })}
          description={
            <ul data-testid="refused-alarms">
              {named.map(({ alarmId, words }) => (
                <li key={alarmId}>{words}</li>
              ))}
            </ul>
          }
        />
      ) : null}
    </>
  );
}
