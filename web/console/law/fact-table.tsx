import { useTranslation } from "react-i18next";
import { FactField } from "./fact-field.tsx";
import { type FactValue, factsIn } from "./fact-paths.ts";
import { useFactLabel } from "./use-fact-words.ts";

type PartWord = "console.lawPacks.fact.place";

interface Props {
  facts: object;
  /** What the platform says is wrong, by path. */
  errors: Readonly<Record<string, string>>;
  onChange: (path: string, value: FactValue) => void;
}

/** All facts of some hot work, a group a part, each in a box of its own. */
export function FactTable({ facts, errors, onChange }: Props) {
  const { t } = useTranslation();
  const groups = Map.groupBy(factsIn(facts), ({ path }) =>
    path.includes(".") ? path.split(".")[0]! : "own",
  );
  const labelOf = useFactLabel();
  return (
    <div className="fact-groups">
      {[...groups].map(([part, rows]) => (
        <fieldset key={part} className="fact-group" data-part={part}>
          <legend>{t(`console.lawPacks.fact.${part}` as PartWord)}</legend>
          {rows.map((fact) => (
            <FactField
              key={fact.path}
              fact={fact}
              label={labelOf(fact.path)}
              error={errors[fact.path]}
              onChange={(value) => onChange(fact.path, value)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
