import type { FoundConflict } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { shortDateTime } from "./format.ts";
import { useWord } from "./use-word.ts";

interface Props {
  conflicts: readonly FoundConflict[];
  className: string;
}

/** What else goes on too near: whose, how near, until when, what to do and which clause says so; nothing where nothing is. */
export function FoundConflicts({ conflicts, className }: Props) {
  const { t } = useTranslation();
  if (conflicts.length === 0) return null;
  return (
    <section className={className} role="status" data-conflicts={conflicts.length}>
      <h2 className="panel-title">{t("common.simultaneousWork.title")}</h2>
      {conflicts.map((conflict) => (
        <article key={`${conflict.other.subject}:${conflict.other.id}`} data-conflict={conflict.kind}>
          <p>
            <strong>
              {t("common.simultaneousWork.what", {
                firm: conflict.other.enterpriseName ?? t("common.simultaneousWork.unnamed"),
                kind: t(`common.simultaneousWork.kind.${conflict.other.kind}`),
              })}
            </strong>
            {" · "}
            {conflict.other.placeName} {conflict.other.floor ?? ""}
          </p>
          <ConflictDistance {...conflict} />
          <p>
            {t("common.simultaneousWork.time", {
              from: shortDateTime(conflict.from),
              to: conflict.to ? shortDateTime(conflict.to) : t("common.simultaneousWork.untilEnded"),
            })}
          </p>
          <p className="reason-fix">{t("common.simultaneousWork.fix", { metres: conflict.limitMetres })}</p>
          <ConflictClause clause={conflict.clause} />
        </article>
      ))}
    </section>
  );
}

type Distance = Pick<FoundConflict, "horizontalMetres" | "verticalMetres" | "limitMetres" | "isSure">;

/** How near, in whole metres, and how near is too near. */
export function ConflictDistance({ horizontalMetres, verticalMetres, limitMetres, isSure }: Distance) {
  const { t } = useTranslation();
  const height =
    verticalMetres === null
      ? t("common.simultaneousWork.heightUnknown")
      : t("common.simultaneousWork.height", { metres: Math.round(verticalMetres) });
  return (
    <p>
      {t("common.simultaneousWork.distance", { metres: Math.round(horizontalMetres) })} · {height} ·{" "}
      {t("common.simultaneousWork.limit", { metres: limitMetres })}
      {isSure ? null : ` · ${t("common.simultaneousWork.unsure")}`}
    </p>
  );
}

export function ConflictClause({ clause }: Pick<FoundConflict, "clause">) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <p className="reason-clause">
      <span className="reason-label">{t("common.reason.clause")}</span>
      {word(clause.source)} {clause.article ?? ""}
      {clause.verified ? null : <span className="reason-unverified">{t("common.reason.unverified")}</span>}
    </p>
  );
}
