import { type MapLayerName, type Me, mapLayerName } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { maySee } from "../../ui/may-see.ts";
import { useMapLayer } from "./use-map-layer.ts";
import { LAYER_COLOURS, MAP_LAYERS, type MapLayerKey } from "./use-map-layers.ts";

interface Props {
  me: Me | undefined;
  on: ReadonlySet<MapLayerKey>;
  box: string;
  onToggle: (layer: MapLayerKey) => void;
}

/** What each layer is drawn in, how much of it is in view, and a switch for it. */
export function LayerPanel({ me, on, box, onToggle }: Props) {
  const { t } = useTranslation();
  return (
    <section className="panel legend map-layers" aria-labelledby="layers-title" data-testid="map-layers">
      <h2 id="layers-title" className="panel-title">
        {t("console.mapTools.layers")}
      </h2>
      <ul>
        {MAP_LAYERS.filter((layer) => mayLayOver(me, layer)).map((layer) => (
          <li key={layer}>
            <button type="button" aria-pressed={on.has(layer)} onClick={() => onToggle(layer)}>
              <span
                className="layer-swatch"
                style={{
                  borderColor: LAYER_COLOURS[layer],
                  background: on.has(layer) ? LAYER_COLOURS[layer] : "none",
                }}
                aria-hidden="true"
              />
              <span>{t(`console.mapTools.layer.${layer}`)}</span>
              {isCounted(layer) && on.has(layer) ? <Count layer={layer} box={box} /> : null}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Count({ layer, box }: { layer: MapLayerName; box: string }) {
  const { t } = useTranslation();
  const found = useMapLayer(layer, box);
  return (
    <span className="legend-count">
      {found.isError ? t("console.mapTools.layerFailed") : (found.data?.total.toLocaleString("en-US") ?? "–")}
    </span>
  );
}

function isCounted(layer: MapLayerKey): layer is MapLayerName {
  return (mapLayerName.options as readonly string[]).includes(layer);
}

/** As the platform decides it again. */
export function mayLayOver(me: Me | undefined, layer: MapLayerKey): boolean {
  switch (layer) {
    case "keyAreas":
      return maySee(me, "keyAreas");
    case "enterprises":
      return maySee(me, "machines") && maySee(me, "enterprises");
    case "workSessions":
    case "permits":
      return maySee(me, "machines") && maySee(me, "sessions");
    case "alarms":
      return maySee(me, "machines") && maySee(me, "alarms");
    case "fireStations":
      return (
        maySee(me, "machines") &&
        maySee(me, "alarms") &&
        me?.roles.some(({ role }) => role !== "enterprise-officer") === true
      );
    default:
      return maySee(me, "machines");
  }
}
