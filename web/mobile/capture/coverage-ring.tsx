import { EVIDENCE_SECTORS } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { isWholeCircle, nextTurn } from "./coverage.ts";

const SIDE = 120;
const OUTER = 56;
const INNER = 40;

interface Props {
  covered: readonly number[];
  /** Where the phone points now. */
  sector: number;
}

/** A ring that fills while one turns, and which way to turn on. */
export function CoverageRing({ covered, sector }: Props) {
  const { t } = useTranslation();
  const turn = nextTurn(covered, sector);
  const say = turn ? t(`mobile.capture.turn.${turn}`) : t("mobile.capture.turn.done");
  return (
    <div className="coverage" data-covered={covered.length}>
      <svg
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        role="img"
        aria-label={t("mobile.capture.ring", { seen: covered.length })}
      >
        {Array.from({ length: EVIDENCE_SECTORS }, (_, index) => index).map((index) => (
          <path
            key={index}
            d={wedge(index)}
            className={`${covered.includes(index) ? "is-covered" : ""} ${index === sector ? "is-here" : ""}`}
          />
        ))}
        <text x={SIDE / 2} y={SIDE / 2 + 7} textAnchor="middle">
          {covered.length}/{EVIDENCE_SECTORS}
        </text>
      </svg>
      <p role="status">{isWholeCircle(covered) ? t("mobile.capture.turn.done") : say}</p>
    </div>
  );
}

/** A twelfth of the ring, north at the top. */
function wedge(index: number): string {
  const at = (radius: number, part: number) => {
    const angle = ((index + part) / EVIDENCE_SECTORS) * 2 * Math.PI - Math.PI / 2;
    return `${SIDE / 2 + radius * Math.cos(angle)} ${SIDE / 2 + radius * Math.sin(angle)}`;
  };
  const [begin, end] = [-0.46, 0.46];
  return (
    `M ${at(OUTER, begin)} A ${OUTER} ${OUTER} 0 0 1 ${at(OUTER, end)} ` +
    `L ${at(INNER, end)} A ${INNER} ${INNER} 0 0 0 ${at(INNER, begin)} Z`
  );
}
