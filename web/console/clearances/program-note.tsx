import type { ProgramReport } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

/** What a program made of the scene, and whether it counts; nothing where none was asked. */
export function ProgramNote({ program }: { program: ProgramReport | null }) {
  const { t } = useTranslation();
  if (!program) return null;
  const { checker, checkerVersion, status, verdict, reason } = program;
  return (
    <p className={status === "silent" ? "is-warn" : "soft"} data-program={status}>
      {t("console.clearances.review.program", {
        name: checkerVersion === null ? checker : `${checker}@${checkerVersion}`,
      })}
      {t(`console.clearances.review.programStatus.${status}`)}
      {verdict ? ` · ${t(`common.clearances.checkStatus.${verdict}`)}` : null}
      {reason ? ` · ${reason}` : null}
    </p>
  );
}
