import type { ClearancePhase } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

const TONES: Partial<Record<ClearancePhase, string>> = {
  ready: "is-good",
  working: "is-good",
  closed: "is-good",
  paused: "is-warn",
  referred: "is-warn",
  smouldering: "is-warn",
  forbidden: "is-bad",
};

/** Where a clearance stands, in one word. */
export function PhaseText({ phase }: { phase: ClearancePhase }) {
  const { t } = useTranslation();
  return (
    <span className={TONES[phase]} data-phase={phase}>
      {t(`common.clearances.phase.${phase}`)}
    </span>
  );
}
