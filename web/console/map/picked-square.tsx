import type { MapLayerName } from "@hanyouxu/api";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { PickedSquare } from "./shown-layer.tsx";

/** Where each thing has its page. */
const pathOf: Record<MapLayerName, (id: string) => string> = {
  enterprises: (id) => `/enterprises/${id}`,
  workSessions: (id) => `/machines/${id}`,
  fireStations: (id) => `/fire-stations/${id}`,
  permits: (id) => `/permits/${id}`,
  alarms: (id) => `/alarms/${id}`,
};

interface Props {
  picked: PickedSquare;
  onNearer: () => void;
  onClose: () => void;
}

/** What stands at a dot of a layer, each leading to its page. */
export function PickedSquareList({ picked, onNearer, onClose }: Props) {
  const { t } = useTranslation();
  const { layer, square } = picked;
  const more = square.count - square.items.length;
  return (
    <section className="panel picked" aria-labelledby="square-title" data-testid="picked-square">
      <h2 id="square-title" className="panel-title">
        {t(`console.mapTools.layer.${layer}`)} · {t("console.mapTools.inSquare", { count: square.count })}
      </h2>
      <ul className="short-list picked-list">
        {square.items.map(({ id, name }) => (
          <li key={id}>
            <Link to={pathOf[layer](id)}>
              <span className="short-name">
                {layer === "alarms" ? t("console.mapTools.alarmOf", { name: name || "–" }) : name}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {more > 0 ? <p>{t("console.mapTools.moreInSquare", { count: more })}</p> : null}
      <p className="picked-ways">
        <Button size="small" onClick={onNearer}>
          {t("console.mapTools.nearer")}
        </Button>
        <Button size="small" onClick={onClose}>
          {t("common.close")}
        </Button>
      </p>
    </section>
  );
}
