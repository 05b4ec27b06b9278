import type { WelderMovement } from "@hanyouxu/api";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";
import { distance } from "./use-movement-reason.ts";

type Figures = Omit<WelderMovement, "welderId" | "name" | "kind" | "region">;

/** The figures of a classification; what else belongs to it comes first. */
export function MovementFacts({ figures, children }: { figures: Figures; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <dl className="facts">
      {children}
      <dt>{t("console.machine.region")}</dt>
      <dd>{figures.regionName}</dd>
      <dt>{t("console.movement.placeCount")}</dt>
      <dd>{figures.placeCount}</dd>
      <dt>{t("console.movement.moves")}</dt>
      <dd>{figures.moves}</dd>
      <dt>{t("console.movement.farthest")}</dt>
      <dd>{figures.placeCount > 1 ? distance(figures.farthestMetres) : "–"}</dd>
      <dt>{t("console.movement.workedDays")}</dt>
      <dd>{figures.workedDays}</dd>
      <dt>{t("console.movement.span")}</dt>
      <dd>{figures.fromDay === null ? "–" : `${figures.fromDay} – ${figures.toDay}`}</dd>
      <dt>{t("console.movement.classifiedAt")}</dt>
      <dd>{figures.classifiedAt === null ? "–" : dateTime(figures.classifiedAt)}</dd>
    </dl>
  );
}
