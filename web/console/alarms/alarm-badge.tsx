import { alarmRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ALARMS_KEY } from "../../live/use-live.ts";
import { api } from "../../ui/api.ts";
import { FOLLOW_MS } from "./platform-now.ts";

/** How many dangers are open, beside the word of the menu; nothing where there is none. */
export function AlarmBadge() {
  const { t } = useTranslation();
  const counts = useQuery({
    queryKey: [ALARMS_KEY, "counts", {}],
    queryFn: ({ signal }) => api.call(alarmRoutes.countAlarms, { query: {}, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const dangers = counts.data?.bySeverity.danger ?? 0;
  if (dangers === 0) return null;
  return (
    <span className="alarm-badge" data-testid="alarm-badge">
      <span aria-hidden="true">{dangers > 99 ? "99+" : dangers}</span>
      <span className="visually-hidden">{t("console.alarms.openDangers", { count: dangers })}</span>
    </span>
  );
}
