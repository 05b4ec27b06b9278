import type { LiveCounters } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Every figure leads to its rows. */
const KPIS = [
  { key: "machines", to: "/machines", tone: "" },
  { key: "online", to: "/machines?sort=-heardAt", tone: "" },
  { key: "working", to: "/sessions?status=energised", tone: "is-go" },
  { key: "refusedToday", to: "/decisions?outcome=refuse&today=1", tone: "is-warn" },
  { key: "alarms", to: "/machines?state=tampered", tone: "is-bad" },
] as const;

export function KpiStrip({ counters }: { counters: LiveCounters | null }) {
  const { t } = useTranslation();
  return (
    <ul className="kpis" aria-label={t("console.kpi.label")}>
      {KPIS.map(({ key, to, tone }) => (
        <li key={key}>
          <Link className="kpi panel" to={to} data-kpi={key}>
            <span className={`kpi-value ${tone}`}>{counters?.[key]?.toLocaleString("en-US") ?? "–"}</span>
            <span className="kpi-name">{t(`console.kpi.${key}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
