import "./key-areas.css";
import type { AreaCircle, AreaGeometry, DrawnShape } from "@hanyouxu/api";
import { Button, Radio } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { AreasLayer, type ShownArea } from "../../map/areas-layer.tsx";
import { BaseMap } from "../../map/base-map.tsx";
import { DrawLayer, type DrawMode } from "../../map/draw-layer.tsx";
import { type DrawnRing, ringsOfArea, shapeOfRings } from "../../map/drawn-shape.ts";
import { MapView } from "../../map/map-view.tsx";
import { type MarkedPlace, MarkLayer } from "../../map/mark-layer.tsx";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { CornersField } from "./corners-field.tsx";

interface Props {
  /** What is there already. */
  area?: { geometry: AreaGeometry; circle: AreaCircle | null };
  /** Other areas, so that nothing is drawn over them. */
  others: readonly ShownArea[];
  /** Where the shape was refused. */
  wrong: MarkedPlace | null;
  /** Left out: all. */
  modes?: readonly DrawMode[];
  onChange: (shape: DrawnShape | undefined) => void;
}

const MODES: readonly DrawMode[] = ["polygon", "circle", "hole", "select"];

/** Draws an area on the map. */
export function DrawField({ area, others, wrong, modes = MODES, onChange }: Props) {
  const { t } = useTranslation();
  const config = useMapConfig().data;
  const [mode, setMode] = useState<DrawMode>(area ? "select" : "polygon");
  const [clearings, setClearings] = useState(0);
  const [deletions, setDeletions] = useState(0);
  const [added, setAdded] = useState<DrawnRing>();
  const initial = useMemo(() => (area ? ringsOfArea(area.geometry, area.circle) : []), [area]);
  return (
    <div className="area-draw">
      <div className="area-tools">
        <Radio.Group
          aria-label={t("console.keyAreas.draw.tools")}
          optionType="button"
          buttonStyle="solid"
          value={mode}
          options={modes.map((value) => ({ value, label: t(`console.keyAreas.draw.${value}`) }))}
          onChange={({ target }) => setMode(target.value as DrawMode)}
        />
        <Button onClick={() => setDeletions(deletions + 1)}>{t("console.keyAreas.draw.delete")}</Button>
        <Button onClick={() => setClearings(clearings + 1)}>{t("console.keyAreas.draw.clear")}</Button>
      </div>
      <p className="soft small">{t(`console.keyAreas.draw.hint.${mode}`)}</p>
      <div className="area-map" data-testid="draw-map">
        {config ? (
          <MapView
            centre={[config.centre.longitudeDegrees, config.centre.latitudeDegrees]}
            zoom={config.centre.zoom}
            label={t("console.keyAreas.draw.map")}
            failedText={t("console.map.failed")}
          >
            <BaseMap base={config.base} />
            <AreasLayer areas={others} />
            <DrawLayer
              mode={mode}
              initial={initial}
              onChange={(rings) => onChange(shapeOfRings(rings))}
              onFinish={() => setMode("select")}
              clearings={clearings}
              deletions={deletions}
              added={added}
            />
            <MarkLayer place={wrong} />
          </MapView>
        ) : null}
      </div>
      <CornersField
        onAdd={(ring) => {
          setMode("select");
          setAdded(ring);
        }}
      />
    </div>
  );
}
