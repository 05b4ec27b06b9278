import type { ReactNode } from "react";

interface Props {
  label: string;
  isWide?: boolean;
  children: (label: string) => ReactNode;
}

/** The control has the label's words as its name. */
export function QuestionField({ label, isWide = false, children }: Props) {
  return (
    <div className={`question-field${isWide ? " is-wide" : ""}`}>
      <span aria-hidden="true">{label}</span>
      {children(label)}
    </div>
  );
}
