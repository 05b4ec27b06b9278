import "./governance.css";
import { useTranslation } from "react-i18next";
import { useListState } from "../ui/use-list-state.ts";
import { ClientsList } from "./clients-list.tsx";
import { DeliveriesList } from "./deliveries-list.tsx";
import { ViewSwitch } from "./view-switch.tsx";
import { WebhooksList } from "./webhooks-list.tsx";

const VIEWS = ["clients", "webhooks", "deliveries"] as const;

/** Which departments' programs read what, and what is sent to them. */
export function SharingPage() {
  const { t } = useTranslation();
  const list = useListState();
  const view = list.oneOf("view", VIEWS) ?? "clients";
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.tab.sharing")}</h1>
      <ViewSwitch
        list={list}
        label={t("console.tab.sharing")}
        views={VIEWS}
        current={view}
        wordFor={(name) => t(`console.sharing.view.${name}`)}
      />
      {view === "clients" ? <ClientsList list={list} /> : null}
      {view === "webhooks" ? <WebhooksList list={list} /> : null}
      {view === "deliveries" ? <DeliveriesList list={list} /> : null}
    </main>
  );
}
