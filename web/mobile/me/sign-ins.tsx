import { signInRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { deviceName } from "../../ui/device-name.ts";
import { shortDateTime } from "../../ui/format.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";

/** Where this person is signed in; a lost phone is signed out from here. */
export function SignIns() {
  const { t } = useTranslation();
  const list = useQuery({
    queryKey: ["sign-ins"],
    queryFn: ({ signal }) => api.call(signInRoutes.listSignIns, { signal }),
  });
  const revoke = useMutation({
    mutationFn: (signInId: string) => api.call(signInRoutes.revokeSignIn, { params: { signInId } }),
    onSettled: () => list.refetch(),
  });
  const [asked, setAsked] = useState<string>();
  const error = revoke.error ?? list.error;
  return (
    <section className="stack" aria-labelledby="sign-ins-title">
      <h2 id="sign-ins-title">{t("mobile.me.signIns")}</h2>
      {error ? <p role="alert">{failureText(error)}</p> : null}
      <ul className="item-list">
        {list.data?.signIns.map((entry) => (
          <li key={entry.signInId} className="card row">
            <div>
              <p className="sign-in-device">{deviceName(entry.device)}</p>
              <p className="soft">{t("mobile.me.lastSeen", { at: shortDateTime(entry.lastSeenAt) })}</p>
            </div>
            {entry.current ? (
              <span className="tag tag-go">{t("mobile.me.current")}</span>
            ) : (
              <Button
                className="plain"
                color="danger"
                fill="outline"
                onClick={() => setAsked(entry.signInId)}
              >
                {t("mobile.me.revoke")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked ? (
        <ConfirmDialog
          title={t("mobile.me.revokeAsk")}
          action={t("mobile.me.revoke")}
          onSure={() => revoke.mutate(asked)}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
    </section>
  );
}
