import "../firms/firms.css";

interface Props {
  /** Of the group: one of its choices holds. */
  name: string;
  words: string;
  more?: string;
  isChosen: boolean;
  onChoose: () => void;
}

/** A big row that a gloved thumb chooses. */
export function Choice({ name, words, more, isChosen, onChoose }: Props) {
  return (
    <label className={isChosen ? "choice is-chosen" : "choice"}>
      <input className="visually-hidden" type="radio" name={name} checked={isChosen} onChange={onChoose} />
      <span>{words}</span>
      {more ? <span className="choice-more">{more}</span> : null}
    </label>
  );
}
