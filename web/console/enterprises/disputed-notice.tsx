import { workSessionRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";

/** Work that a site owner says was not at its place: for whoever supervises. Nothing while there is none. */
export function DisputedNotice() {
  const { t } = useTranslation();
  const query = { siteOwnerState: "disputed", pageSize: 1 } as const;
  const disputed = useQuery({
    queryKey: ["sessions", query],
    queryFn: ({ signal }) => api.call(workSessionRoutes.listWorkSessions, { query, signal }),
    refetchInterval: 30_000,
  });
  const total = disputed.data?.total ?? 0;
  if (total === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("console.enterprises.disputed", { total })}
      action={<Link to="/sessions?siteOwnerState=disputed">{t("console.enterprises.showDisputed")}</Link>}
    />
  );
}
