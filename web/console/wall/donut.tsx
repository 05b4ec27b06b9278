import { useMemo } from "react";
import { Link } from "react-router";
import { Chart, type ChartOption } from "../ui/chart.tsx";
import { useUnit } from "./use-unit.ts";

export interface DonutPart {
  key: string;
  name: string;
  value: number;
  to: string;
  colour: string;
}

interface Props {
  parts: readonly DonutPart[];
  /** What a screen reader says of the picture. */
  label: string;
}

/** Shares as a ring, and beside it what each of them is, with its number as a way to its rows. */
export function Donut({ parts, label }: Props) {
  const unit = useUnit();
  // The same figures draw nothing anew.
  const drawn = JSON.stringify(parts.map(({ name, value, colour }) => ({ name, value, colour })));
  const option = useMemo((): ChartOption => {
    const shares = JSON.parse(drawn) as Pick<DonutPart, "name" | "value" | "colour">[];
    return {
      series: [
        {
          type: "pie",
          radius: ["62%", "96%"],
          center: ["50%", "50%"],
          label: { show: false },
          emptyCircleStyle: { color: "#0f3a70" },
          itemStyle: { borderColor: "#051a38", borderWidth: 2 * unit },
          data: shares
            .filter(({ value }) => value > 0)
            .map(({ name, value, colour }) => ({ name, value, itemStyle: { color: colour } })),
        },
      ],
    };
  }, [drawn, unit]);
  return (
    <div className="wall-donut">
      <Chart option={option} label={label} height="100%" />
      <ul>
        {parts.map(({ key, name, value, to, colour }) => (
          <li key={key}>
            <span className="wall-swatch" style={{ background: colour }} aria-hidden="true" />
            <span className="wall-donut-name" title={name}>
              {name}
            </span>
            <Link to={to} aria-label={`${name} ${value.toLocaleString("en-US")}`}>
              {value.toLocaleString("en-US")}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
