import { workSessionRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";

/** How much work waits for the site owner's word. Nothing while there is none. */
export function PendingNotice({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation();
  const query = { siteOwnerEnterpriseId: enterpriseId, siteOwnerState: "named", pageSize: 1 } as const;
  const pending = useQuery({
    queryKey: ["sessions", query],
    queryFn: ({ signal }) => api.call(workSessionRoutes.listWorkSessions, { query, signal }),
    refetchInterval: 30_000,
  });
  const total = pending.data?.total ?? 0;
  if (total === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t("console.enterprises.session.pending", { total })}
      action={
        <Link to={`/enterprises/${enterpriseId}?tab=sessions`}>{t("console.enterprises.showDisputed")}</Link>
      }
    />
  );
}
