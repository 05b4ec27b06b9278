import { useId } from "react";

/** Stored facts as they are: names and values, nested ones indented. Never translated: they are evidence. */
export function FactTree({ title, facts }: { title: string; facts: Record<string, unknown> }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id} className="panel-title">
        {title}
      </h2>
      <dl className="fact-tree">
        {rowsOf(facts, 0).map(({ path, name, depth, value }) => (
          <div key={path} style={{ paddingInlineStart: `${depth * 16}px` }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface Row {
  path: string;
  name: string;
  depth: number;
  value: string;
}

function rowsOf(facts: object, depth: number, path = ""): Row[] {
  return Object.entries(facts).flatMap(([name, value]: [string, unknown]) => {
    const here = `${path}/${name}`;
    if (value !== null && typeof value === "object") {
      return [{ path: here, name, depth, value: "" }, ...rowsOf(value, depth + 1, here)];
    }
    return [{ path: here, name, depth, value: String(value) }];
  });
}
