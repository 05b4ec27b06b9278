import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../machine/choice.tsx";

interface Props {
  legend: string;
  value: boolean | null;
  onChange: (value: boolean) => void;
  yes?: string;
  no?: string;
}

/** A question that a gloved thumb answers; unanswered until then. */
export function YesNo({ legend, value, onChange, yes, no }: Props) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <fieldset className="permit-group permit-yes-no">
      <legend>{legend}</legend>
      <Choice
        name={name}
        words={yes ?? t("common.yes")}
        isChosen={value === true}
        onChoose={() => onChange(true)}
      />
      <Choice
        name={name}
        words={no ?? t("common.no")}
        isChosen={value === false}
        onChoose={() => onChange(false)}
      />
    </fieldset>
  );
}
