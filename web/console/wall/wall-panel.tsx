import type { ReactNode } from "react";

interface Props {
  title: string;
  /** Where in the grid. */
  place: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A framed part of the wall. */
export function WallPanel({ title, place, aside, children }: Props) {
  return (
    <section className={`wall-panel is-${place}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      <div className="wall-panel-body">{children}</div>
    </section>
  );
}
