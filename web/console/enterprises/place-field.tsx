import "./enterprises.css";
import { Button, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { BaseMap } from "../../map/base-map.tsx";
import { MapView } from "../../map/map-view.tsx";
import { PlaceLayer } from "../../map/place-layer.tsx";
import { useMapConfig } from "../../ui/use-map-config.ts";

/** WGS-84 degrees, as far as they are typed. */
export interface TypedPlace {
  latitudeDegrees: number | null;
  longitudeDegrees: number | null;
}

interface Props {
  value?: TypedPlace;
  onChange?: (place: TypedPlace) => void;
}

const NOWHERE: TypedPlace = { latitudeDegrees: null, longitudeDegrees: null };

/** A place picked on the map or typed. */
export function PlaceField({ value = NOWHERE, onChange }: Props) {
  const { t } = useTranslation();
  const config = useMapConfig().data;
  const { latitudeDegrees, longitudeDegrees } = value;
  const place =
    latitudeDegrees === null || longitudeDegrees === null ? null : { latitudeDegrees, longitudeDegrees };
  const part = (name: keyof TypedPlace, label: string, limit: number) => (
    <InputNumber
      aria-label={label}
      placeholder={label}
      min={-limit}
      max={limit}
      step={0.0001}
      value={value[name]}
      onChange={(degrees) => onChange?.({ ...value, [name]: degrees })}
    />
  );
  return (
    <>
      <p className="soft small">{t("console.enterprises.form.pickPlace")}</p>
      <div className="enterprise-map">
        {config ? (
          <MapView
            centre={
              place
                ? [place.longitudeDegrees, place.latitudeDegrees]
                : [config.centre.longitudeDegrees, config.centre.latitudeDegrees]
            }
            zoom={config.centre.zoom}
            label={t("console.enterprises.form.map")}
            failedText={t("console.map.failed")}
          >
            <BaseMap base={config.base} />
            <PlaceLayer place={place} onPick={(picked) => onChange?.(picked)} />
          </MapView>
        ) : null}
      </div>
      <div className="place-fields">
        {part("latitudeDegrees", t("console.enterprises.form.latitude"), 90)}
        {part("longitudeDegrees", t("console.enterprises.form.longitude"), 180)}
        <Button onClick={() => onChange?.(NOWHERE)}>{t("console.enterprises.form.clearPlace")}</Button>
      </div>
    </>
  );
}
