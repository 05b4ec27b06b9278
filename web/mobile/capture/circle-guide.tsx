import { EVIDENCE_SECTORS } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isWholeCircle, sectorOf, withSector } from "./coverage.ts";
import { CoverageRing } from "./coverage-ring.tsx";
import { useHeading } from "./use-heading.ts";

interface Props {
  covered: readonly number[];
  onCovered: (covered: readonly number[]) => void;
  /** While it films: what is seen before does not count. */
  isRunning: boolean;
}

/** Leads once around, by the phone's compass; without one the person says each twelfth that he has turned. */
export function CircleGuide({ covered, onCovered, isRunning }: Props) {
  const { t } = useTranslation();
  const { degrees, isMissing, ask } = useHeading(true);
  const [said, setSaid] = useState(0);
  const sector = degrees === null ? said : sectorOf(degrees);
  useEffect(() => {
    if (isRunning && !covered.includes(sector)) onCovered(withSector(covered, sector));
  }, [isRunning, sector, covered, onCovered]);
  return (
    <>
      <CoverageRing covered={covered} sector={sector} />
      {isMissing ? (
        <div className="stack">
          <p className="notice-warn">{t("mobile.capture.noCompass")}</p>
          <Button
            className="big"
            block
            disabled={!isRunning || isWholeCircle(covered)}
            onClick={() => {
              ask();
              setSaid((said + 1) % EVIDENCE_SECTORS);
            }}
          >
            {t("mobile.capture.turned")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
