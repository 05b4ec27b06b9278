import { movementWindowDays, type WelderMovement } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

type Figures = Pick<WelderMovement, "placeCount" | "moves" | "farthestMetres" | "workedDays">;

/** `320 m` or `6.2 km` */
export function distance(metres: number): string {
  return metres < 1_000 ? `${metres} m` : `${(metres / 1_000).toFixed(1)} km`;
}

/** The figures as a sentence: how many places, how often, how far. */
export function useMovementReason(): (found: Figures & { isUndecided: boolean }) => string {
  const { t } = useTranslation();
  return ({ isUndecided, placeCount, moves, farthestMetres, workedDays }) => {
    const days = movementWindowDays;
    if (workedDays === 0) return t("console.movement.reason.never", { days });
    if (isUndecided) return t("console.movement.reason.tooFew", { days, workedDays });
    if (placeCount === 1) return t("console.movement.reason.onePlace", { days, workedDays });
    const far = distance(farthestMetres);
    return t("console.movement.reason.places", { days, workedDays, places: placeCount, moves, far });
  };
}
