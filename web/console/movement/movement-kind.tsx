import "./movement.css";
import type { MovementKind } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

/** Mobile, fixed or undecided, and whether somebody said so by hand; colour never stands alone. */
export function MovementKindTag({ kind, isByHand = false }: { kind: MovementKind; isByHand?: boolean }) {
  const { t } = useTranslation();
  return (
    <span>
      <span className="movement-kind" data-kind={kind}>
        {t(`console.movement.kind.${kind}`)}
      </span>
      {isByHand ? <span className="movement-by-hand">{t("console.movement.byHand")}</span> : null}
    </span>
  );
}
