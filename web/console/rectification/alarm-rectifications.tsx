import { type AlarmDetail, rectificationRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { useMe } from "../../ui/use-me.ts";
import { mayOrder } from "./may-order.ts";
import { RectificationStatus } from "./rectification-words.tsx";

/** Orders to rectify that were issued for an alarm, and the way to another. */
export function AlarmRectifications({ alarm }: { alarm: Pick<AlarmDetail, "alarmId" | "enterpriseId"> }) {
  const { t } = useTranslation();
  const me = useMe().data;
  const query = { alarmId: alarm.alarmId };
  const orders = useQuery({
    queryKey: ["rectifications", query],
    queryFn: ({ signal }) => api.call(rectificationRoutes.listRectifications, { query, signal }),
  });
  const items = orders.data?.items ?? [];
  if (!alarm.enterpriseId) return null;
  return (
    <section className="panel" aria-labelledby="rectification-title">
      <h2 id="rectification-title" className="panel-title">
        {t("console.rectification.onAlarm")}
      </h2>
      {items.length === 0 ? <p className="soft">{t("console.rectification.noneOnAlarm")}</p> : null}
      {items.map((order) => (
        <p key={order.rectificationId}>
          <Link to={`/rectifications/${order.rectificationId}`}>{order.number}</Link>{" "}
          <RectificationStatus order={order} />
        </p>
      ))}
      {mayOrder(me) ? (
        <Button href={`#/rectifications/new?alarm=${alarm.alarmId}`}>
          {t("console.rectification.issue")}
        </Button>
      ) : null}
    </section>
  );
}
