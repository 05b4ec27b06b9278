import type { SceneCheck } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";

/** What the welder said, and who decided when and why. */
export function CheckFacts({ check }: { check: SceneCheck }) {
  const { t } = useTranslation();
  const rows = [
    [t("console.clearances.review.note"), check.note],
    [t("console.clearances.review.reason"), check.reason],
    [t("console.clearances.review.decided"), check.decidedAt && dateTime(check.decidedAt)],
    [
      t("console.clearances.review.checker"),
      check.checker === "staff"
        ? t("console.clearances.review.staff")
        : `${check.checker}@${check.checkerVersion ?? ""}`,
    ],
  ] as const;
  return (
    <dl className="facts">
      {rows.flatMap(([name, value]) =>
        value ? [<dt key={name}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>] : [],
      )}
    </dl>
  );
}
