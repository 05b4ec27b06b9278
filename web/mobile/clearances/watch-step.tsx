import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SiteCode } from "./site-code.tsx";
import type { HeardClearance } from "./use-clearance.ts";
import { WatchStatus } from "./watch-status.tsx";

/** The site code for the fire watch to scan; with a watch on duty only its state, and the code for a hand-over. */
export function WatchStep({ heard }: { heard: HeardClearance }) {
  const { t } = useTranslation();
  const { watch, clearanceId } = heard.clearance;
  const [isHandingOver, setIsHandingOver] = useState(false);
  const isThere = watch?.status === "present" || watch?.status === "asked";
  return (
    <>
      <WatchStatus heard={heard} />
      {isThere && !isHandingOver ? (
        <Button className="plain" block onClick={() => setIsHandingOver(true)}>
          {t("mobile.clearances.watch.handOver")}
        </Button>
      ) : (
        <SiteCode clearanceId={clearanceId} />
      )}
      {isThere && isHandingOver ? (
        <Button className="plain" block onClick={() => setIsHandingOver(false)}>
          {t("common.close")}
        </Button>
      ) : null}
    </>
  );
}
