import { ApiError, demoRoutes, signInRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { Page } from "../page.tsx";
import { DemoAccounts } from "./demo-accounts.tsx";
import { DemoMachines } from "./demo-machines.tsx";
import { DemoMessages } from "./demo-messages.tsx";
import { DemoTold } from "./demo-told.tsx";

/** One-time passwords change every 30 seconds. */
const ACCOUNTS_MS = 5_000;
const MESSAGES_MS = 2_000;

/** Demonstrations only: messages, accounts and machines to try. The server answers 404 anywhere else. */
export function DemoInboxPage() {
  const { t } = useTranslation();
  const inbox = useQuery({
    queryKey: ["demo-inbox"],
    queryFn: ({ signal }) => api.call(signInRoutes.demoInbox, { signal }),
    refetchInterval: MESSAGES_MS,
  });
  const demo = useQuery({
    queryKey: ["demo-accounts"],
    queryFn: ({ signal }) => api.call(demoRoutes.demoAccounts, { signal }),
    refetchInterval: ACCOUNTS_MS,
  });
  const isOff = inbox.error instanceof ApiError && inbox.error.status === 404;
  return (
    <Page title={t("mobile.demoInbox.title")} backTo="/sign-in">
      <p className="soft">{t("mobile.demoInbox.lead")}</p>
      {inbox.isError ? (
        <p role="alert">{isOff ? t("mobile.demoInbox.off") : failureText(inbox.error)}</p>
      ) : null}
      {inbox.data ? <DemoMessages messages={inbox.data.messages} /> : null}
      {inbox.data ? <DemoTold told={inbox.data.told} /> : null}
      {demo.data ? <DemoAccounts accounts={demo.data.accounts} /> : null}
      {demo.data ? <DemoMachines labels={demo.data.labels} /> : null}
    </Page>
  );
}
