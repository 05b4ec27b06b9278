import type { ClearancePhase } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

const TONES: Partial<Record<ClearancePhase, string>> = {
  ready: "tag-go",
  working: "tag-go",
  closed: "tag-go",
  paused: "tag-warn",
  referred: "tag-warn",
  smouldering: "tag-warn",
  "watch-missing": "tag-warn",
  forbidden: "tag-stop",
};

/** Where the clearance stands, in one word. */
export function PhaseTag({ phase }: { phase: ClearancePhase }) {
  const { t } = useTranslation();
  return (
    <span className={`tag ${TONES[phase] ?? ""}`} data-phase={phase}>
      {t(`common.clearances.phase.${phase}`)}
    </span>
  );
}
