import type { KeyAreaDetail } from "@hanyouxu/api";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";
import { weekdayWord } from "./weekdays.ts";

const DEMANDS = ["permit", "sceneCheck", "fireWatch", "smoulderWatch"] as const;

/** What an area is, when it counts and what it demands, as of one version. */
export function AreaFacts({
  area,
}: {
  area: Omit<KeyAreaDetail, "keyAreaId" | "centre" | "contacts" | "mayEdit">;
}) {
  const { t } = useTranslation();
  const { policy, validity } = area;
  const demands = DEMANDS.filter((demand) => policy.demands[demand]).map((demand) =>
    t(`common.keyArea.demand.${demand}`),
  );
  const heights = [area.minHeightMetres, area.maxHeightMetres].map((height) => height ?? "…").join(" – ");
  const hasHeights = area.minHeightMetres !== null || area.maxHeightMetres !== null;
  const rows: [string, ReactNode][] = [
    [t("console.keyAreas.kind"), t(`common.keyArea.kind.${area.kind}`)],
    [t("console.keyAreas.regime"), t(`console.law.regime.${area.regime}`)],
    [t("console.machine.region"), area.regionName],
    [t("console.keyAreas.siteOwner"), area.siteOwnerName ?? "–"],
    [t("console.enterprises.address"), area.address ?? "–"],
    [
      t("console.keyAreas.size"),
      t("console.keyAreas.squareMetres", { size: area.squareMetres.toLocaleString("en-US") }),
    ],
    ...(area.circle
      ? [
          [
            t("console.keyAreas.circle"),
            t("console.keyAreas.radius", { metres: area.circle.radiusMetres }),
          ] as [string, ReactNode],
        ]
      : []),
    [t("console.keyAreas.floors"), area.floors?.join("、") ?? t("console.keyAreas.allFloors")],
    ...(hasHeights
      ? [[t("console.keyAreas.heights"), t("console.keyAreas.metres", { heights })] as [string, ReactNode]]
      : []),
    [t("console.keyAreas.policy.title"), demands.join("、") || t("console.keyAreas.policy.none")],
    [t("console.keyAreas.policy.workWhileOpen"), t(`console.keyAreas.policy.${policy.workWhileOpen}`)],
    [
      t("console.keyAreas.policy.numbers"),
      t("console.keyAreas.policy.numbersText", {
        attempts: policy.sceneCheckAttempts,
        grace: policy.graceMinutes,
        smoulder: policy.smoulderWatchMinutes,
      }),
    ],
    [
      t("console.keyAreas.times.title"),
      t("console.keyAreas.times.span", {
        from: validity.from ? dateTime(validity.from) : t("console.keyAreas.times.always"),
        until: validity.until ? dateTime(validity.until) : t("console.keyAreas.times.open"),
      }),
    ],
    ...validity.openingHours.map(({ weekdays, opensAt, closesAt }): [string, ReactNode] => [
      t("console.keyAreas.times.hours"),
      `${weekdays.map((day) => t(`console.keyAreas.times.day.${weekdayWord(day)}`)).join("、")} ${opensAt}–${closesAt}`,
    ]),
    ...validity.specialPeriods.map(({ name, fromDay, untilDay, rule }): [string, ReactNode] => [
      name,
      `${fromDay} – ${untilDay} ${t(`console.keyAreas.times.rules.${rule}`)}`,
    ]),
  ];
  return (
    <section className="panel">
      <h2 className="panel-title">{t("console.keyAreas.facts")}</h2>
      <dl className="area-facts">
        {rows.map(([label, value]) => (
          <div key={`${label}${String(value)}`}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
