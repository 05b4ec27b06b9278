import { type StaffInvitation, staffAccountRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { GrantRole } from "./grant-role.tsx";
import { GrantText } from "./grant-text.tsx";
import { InvitationLink } from "./invitation-link.tsx";

interface Change {
  run: () => Promise<unknown>;
  said: "withdrawn" | "deactivated" | "activated" | null;
}

/** One account with the name in full, its roles, and what can be done about it. */
export function StaffDrawer({ personId, onClose }: { personId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [invitation, setInvitation] = useState<StaffInvitation>();
  const params = { personId };
  const account = useQuery({
    queryKey: ["staff-account", personId],
    queryFn: ({ signal }) => api.call(staffAccountRoutes.getStaff, { params, signal }),
    // Each reading is audited: once is enough until something changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const change = useMutation({
    mutationFn: ({ run }: Change) => run(),
    onSuccess: (_, { said }) => {
      if (said) void message.success(t(`console.governance.staff.${said}`));
      void client.invalidateQueries({ queryKey: ["staff"] });
      void client.invalidateQueries({ queryKey: ["staff-account", personId] });
    },
  });
  const shown = account.data;
  const isDeactivated = shown?.status === "deactivated";
  const setActive = (isActive: boolean) =>
    change.mutate({
      run: () => api.call(staffAccountRoutes.setActive, { params, body: { isActive } }),
      said: isActive ? "activated" : "deactivated",
    });
  return (
    <Drawer open title={shown?.username ?? t("common.loading")} size={520} onClose={onClose}>
      {account.isError ? <Failure error={account.error} onRetry={account.refetch} /> : null}
      {shown ? (
        <>
          <dl className="facts">
            <dt>{t("console.governance.staff.name")}</dt>
            <dd>{shown.name}</dd>
            <dt>{t("console.governance.staff.region")}</dt>
            <dd>{shown.regionName ?? t("console.governance.staff.wholePlatform")}</dd>
            <dt>{t("console.governance.staff.status")}</dt>
            <dd className={`staff-status is-${shown.status}`}>
              {t(`console.governance.staff.statuses.${shown.status}`)}
            </dd>
          </dl>
          <div className="staff-actions">
            {isDeactivated ? (
              <Button onClick={() => setActive(true)}>{t("console.governance.staff.activate")}</Button>
            ) : (
              <>
                <Popconfirm
                  title={t("console.governance.staff.inviteAgainAsk")}
                  onConfirm={() =>
                    change.mutate({
                      run: async () =>
                        setInvitation(await api.call(staffAccountRoutes.inviteAgain, { params })),
                      said: null,
                    })
                  }
                >
                  <Button>{t("console.governance.staff.inviteAgain")}</Button>
                </Popconfirm>
                <Popconfirm
                  title={t("console.governance.staff.deactivateAsk")}
                  onConfirm={() => setActive(false)}
                >
                  <Button danger>{t("console.governance.staff.deactivate")}</Button>
                </Popconfirm>
              </>
            )}
          </div>
          {change.isError ? <Alert type="error" showIcon title={failureText(change.error)} /> : null}
          <h2 className="panel-title">{t("console.governance.staff.roles")}</h2>
          <ul>
            {shown.grants.map((grant) => (
              <li key={grant.roleGrantId} className="grant-line">
                <GrantText grant={grant} />
                {grant.mayWithdraw ? (
                  <Popconfirm
                    title={t("console.governance.staff.withdrawAsk")}
                    onConfirm={() =>
                      change.mutate({
                        run: () =>
                          api.call(staffAccountRoutes.withdrawRole, {
                            params: { personId, roleGrantId: grant.roleGrantId },
                          }),
                        said: "withdrawn",
                      })
                    }
                  >
                    <Button size="small">{t("console.governance.staff.withdraw")}</Button>
                  </Popconfirm>
                ) : null}
              </li>
            ))}
          </ul>
          {isDeactivated ? null : <GrantRole personId={personId} />}
        </>
      ) : null}
      {invitation ? (
        <InvitationLink invitation={invitation} onClose={() => setInvitation(undefined)} />
      ) : null}
    </Drawer>
  );
}
