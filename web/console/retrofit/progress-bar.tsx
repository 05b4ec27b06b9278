import type { RetrofitFigures } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

const PARTS = ["fitted", "underway", "failed", "stock"] as const;

function shares(figures: RetrofitFigures): Record<(typeof PARTS)[number], number> {
  const { fitted, failed, started, inStock } = figures;
  return { fitted, failed, underway: started - fitted - failed, stock: Math.max(0, inStock) };
}

/** Where the allocated chips are: on machines in service, being fitted, failed at the test, still in boxes. */
export function ProgressBar({ figures }: { figures: RetrofitFigures }) {
  const { t } = useTranslation();
  const counts = shares(figures);
  const whole = Math.max(1, figures.allocated - figures.returned - figures.defective);
  const words = PARTS.map((part) => `${t(`console.retrofit.part.${part}`)} ${counts[part]}`).join(" · ");
  return (
    <div className="retrofit-bar" role="img" aria-label={words} title={words}>
      {PARTS.map((part) => (
        <span key={part} className={`is-${part}`} style={{ width: `${(counts[part] / whole) * 100}%` }} />
      ))}
    </div>
  );
}

export function ProgressKey() {
  const { t } = useTranslation();
  return (
    <ul className="retrofit-key">
      {PARTS.map((part) => (
        <li key={part}>
          <i className={`is-${part}`} aria-hidden="true" />
          {t(`console.retrofit.part.${part}`)}
        </li>
      ))}
    </ul>
  );
}
