import type { SceneFinding, SceneReview } from "@hanyouxu/api";
import { Button, Checkbox, Input } from "antd";
import { useTranslation } from "react-i18next";
import { boxByKey, MIDDLE_BOX } from "./box-between.ts";

interface Props {
  number: number;
  finding: SceneFinding;
  /** The photos that a box can be placed in. */
  photos: readonly Pick<SceneReview["evidence"][number], "evidenceId">[];
  onChange: (part: Partial<SceneFinding>) => void;
  onRemove: () => void;
}

/** A few words on one finding, whether it is certain, and taking it back. */
export function FindingEdit({ number, finding, photos, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const { box } = finding;
  return (
    <span className="finding-edit">
      <Input
        size="small"
        maxLength={200}
        value={finding.note}
        aria-label={t("console.clearances.review.findingNote", { count: number })}
        placeholder={t("console.clearances.review.noteHint")}
        onChange={(event) => onChange({ note: event.target.value })}
      />
      <Checkbox checked={finding.isUnsure} onChange={(event) => onChange({ isUnsure: event.target.checked })}>
        {t("common.clearances.unsure")}
      </Checkbox>
      {box ? (
        <Button
          size="small"
          aria-label={t("console.clearances.review.moveBox", { count: number })}
          title={t("console.clearances.review.moveBox", { count: number })}
          onKeyDown={(event) => {
            const moved = boxByKey(box, event.key, event.shiftKey);
            if (!moved) return;
            // The arrows would go on to the next scene.
            event.preventDefault();
            event.stopPropagation();
            onChange({ box: moved });
          }}
        >
          {t("console.clearances.review.box")}
        </Button>
      ) : (
        photos.map(({ evidenceId }, index) => (
          <Button key={evidenceId} size="small" onClick={() => onChange({ evidenceId, box: MIDDLE_BOX })}>
            {t("console.clearances.review.addBox", { count: index + 1 })}
          </Button>
        ))
      )}
      <Button size="small" onClick={onRemove}>
        {t("console.clearances.review.remove")}
      </Button>
    </span>
  );
}
