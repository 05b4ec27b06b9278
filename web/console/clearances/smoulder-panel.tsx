import type { ClearanceDetail } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";

/** The smoulder watch with its looks; nothing before it began. */
export function SmoulderPanel({ smoulder }: Pick<ClearanceDetail, "smoulder">) {
  const { t } = useTranslation();
  if (!smoulder) return null;
  return (
    <section className="panel" aria-labelledby="smoulder-title">
      <h2 id="smoulder-title" className="panel-title">
        {t("common.clearances.step.smoulder")}
      </h2>
      <dl className="facts">
        <dt>{t("console.session.from")}</dt>
        <dd>{dateTime(smoulder.startedAt)}</dd>
        <dt>{t("console.session.to")}</dt>
        <dd>{dateTime(smoulder.endsAt)}</dd>
        <dt>{t("console.clearances.nextLook")}</dt>
        <dd>{smoulder.nextCheckDueAt ? dateTime(smoulder.nextCheckDueAt) : "–"}</dd>
      </dl>
      <ul className="smoulder-looks">
        {smoulder.checks.map(({ at, isSafe, note, personName }) => (
          <li key={at} className={isSafe ? "is-good" : "is-bad"}>
            {dateTime(at)} · {personName} ·{" "}
            {t(isSafe ? "console.clearances.looksSafe" : "console.clearances.looksUnsafe")} {note}
          </li>
        ))}
      </ul>
    </section>
  );
}
