import { useId } from "react";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Said while nothing is chosen. */
  empty: string;
  choices: readonly { value: string; label: string }[];
}

/** The phone's own list to choose from: its wheel is easier to hit with gloves than any of ours. */
export function ChoiceField({ label, value, onChange, empty, choices }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select className="fit-select" id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{empty}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
