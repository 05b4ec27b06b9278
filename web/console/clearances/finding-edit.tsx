import type { SceneFinding } from "@hanyouxu/api";
import { Button, Checkbox, Input } from "antd";
import { useTranslation } from "react-i18next";

interface Props {
  number: number;
  finding: SceneFinding;
  onChange: (part: Partial<SceneFinding>) => void;
  onRemove: () => void;
}

/** A few words on one finding, whether it is certain, and taking it back. */
export function FindingEdit({ number, finding, onChange, onRemove }: Props) {
  const { t } = useTranslation();
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
      <Button size="small" onClick={onRemove}>
        {t("console.clearances.review.remove")}
      </Button>
    </span>
  );
}
