import "./governance.css";
import { useTranslation } from "react-i18next";
import { useListState } from "../ui/use-list-state.ts";
import { ErasureList } from "./erasure-list.tsx";
import { TextsList } from "./texts-list.tsx";
import { ViewSwitch } from "./view-switch.tsx";
import { WelderCounts } from "./welder-counts.tsx";

const VIEWS = ["erasure", "texts", "statistic"] as const;

/** People's rights over their data, and what may be counted of them. */
export function PersonalPage() {
  const { t } = useTranslation();
  const list = useListState();
  const view = list.oneOf("view", VIEWS) ?? "erasure";
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.tab.privacy")}</h1>
      <ViewSwitch
        list={list}
        label={t("console.tab.privacy")}
        views={VIEWS}
        current={view}
        wordFor={(name) => t(`console.sharing.view.${name}`)}
      />
      {view === "erasure" ? <ErasureList list={list} /> : null}
      {view === "texts" ? <TextsList list={list} /> : null}
      {view === "statistic" ? <WelderCounts /> : null}
    </main>
  );
}
