import type { Position } from "@hanyouxu/protocol";
import { useTranslation } from "react-i18next";

/** Why the place is asked for, and what came of it. */
export function PositionLine({ found }: { found: Position | null | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="position-line">
      <p className="soft">{t("mobile.machine.positionWhy")}</p>
      <p role="status" data-found={found === undefined ? "asking" : found === null ? "unknown" : "known"}>
        {found === undefined ? t("mobile.machine.positionAsking") : null}
        {found === null ? t("mobile.machine.positionUnknown") : null}
        {found ? t("mobile.machine.positionKnown", { metres: Math.round(found.accuracyMetres) }) : null}
      </p>
    </div>
  );
}
