import type { Wall } from "@hanyouxu/api";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { MapView } from "../../map/map-view.tsx";
import { RegionsLayer } from "../../map/regions-layer.tsx";
import { ReviewNotice } from "../../map/review-notice.tsx";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { useIsUpright, useIsVeryWide, useUnit } from "./use-unit.ts";
import { wallAddress } from "./wall-links.ts";

/** Where panels and figures stand, in the unit of the wall: keep it and wall.css together. */
const HEAD = 250;
const FOOT = 50;
const SIDE = 470;
const SIDE_VERY_WIDE = 930;
/** Of a map on which nothing stands. */
const AROUND = 40;

/** The ground of the shown region with what goes on below it; alarms that are open and have a place. */
export function WallMap({ wall }: { wall: Wall }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const config = useMapConfig().data;
  const unit = useUnit();
  const side = (useIsVeryWide() ? SIDE_VERY_WIDE : SIDE) * unit;
  const around = AROUND * unit;
  const padding = useIsUpright()
    ? { top: around, bottom: around, left: around, right: around }
    : { top: HEAD * unit, bottom: FOOT * unit, left: side, right: side };
  const shown = JSON.stringify(
    wall.children.map(({ name, code, machines, openAlarms, centre }) => ({
      code,
      name,
      value: machines.atWork,
      openAlarms: openAlarms ? openAlarms.danger + openAlarms.warning + openAlarms.notice : 0,
      centre,
    })),
  );
  const spotted = JSON.stringify(
    wall.newestAlarms?.flatMap(({ alarmId, isOpen, place }) =>
      isOpen && place ? [{ id: alarmId, ...place }] : [],
    ) ?? [],
  );
  // The same figures draw nothing anew.
  const regions = useMemo(() => JSON.parse(shown), [shown]);
  const spots = useMemo(() => JSON.parse(spotted), [spotted]);
  const pick = useCallback((code: string) => void navigate(wallAddress(code)), [navigate]);
  const pickSpot = useCallback((id: string) => void navigate(`/alarms/${id}`), [navigate]);
  if (!config) return null;
  return (
    <div className="wall-map">
      <MapView
        centre={[config.centre.longitudeDegrees, config.centre.latitudeDegrees]}
        zoom={config.centre.zoom}
        label={t("console.map.label")}
        failedText={t("console.map.failed")}
      >
        <RegionsLayer
          within={wall.region?.code ?? ""}
          regions={regions}
          spots={spots}
          padding={padding}
          scale={unit}
          onPick={pick}
          onPickSpot={pickSpot}
        />
      </MapView>
      <ReviewNotice
        text={
          config.approvalNumber === null
            ? t("console.map.notReviewed")
            : t("console.map.approval", { number: config.approvalNumber })
        }
      />
    </div>
  );
}
