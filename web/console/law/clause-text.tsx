import type { LawRule } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { useWord } from "./use-word.ts";

/** A clause with its article, and whether anybody here has read it. */
export function ClauseText({ clause }: { clause: LawRule["clause"] }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <>
      {word(clause.source)}
      {clause.article ? ` ${clause.article}` : null}
      {clause.verified ? null : <span className="reason-unverified">{t("common.reason.unverified")}</span>}
    </>
  );
}
