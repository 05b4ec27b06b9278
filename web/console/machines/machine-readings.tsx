import type { MachineDetail } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { dateTime, measured } from "../../ui/format.ts";

/** What the chip last said; a dash where it has no sensor. */
export function MachineReadings({ machine: { readings } }: { machine: MachineDetail }) {
  const { t, i18n } = useTranslation();
  const trust = (word: string) => {
    const key = `console.clockTrust.${word}`;
    return i18n.exists(key) ? t(key as "console.clockTrust.unknown") : word;
  };
  return (
    <section className="panel" aria-labelledby="readings-title">
      <h2 id="readings-title" className="panel-title">
        {t("console.machine.readings")}
      </h2>
      {readings ? (
        <dl className="facts" data-testid="readings">
          <dt>{t("console.machine.current")}</dt>
          <dd>{measured(readings.currentAmps, "A")}</dd>
          <dt>{t("console.machine.voltage")}</dt>
          <dd>{measured(readings.voltageVolts, "V", 1)}</dd>
          <dt>{t("console.machine.temperature")}</dt>
          <dd>{measured(readings.temperatureCelsius, "°C", 1)}</dd>
          <dt>{t("console.machine.gas")}</dt>
          <dd>{measured(readings.gasLelPercent, "%LEL", 1)}</dd>
          <dt>{t("console.machine.battery")}</dt>
          <dd>{measured(readings.batteryPercent, "%")}</dd>
          <dt>{t("console.machine.signal")}</dt>
          <dd>{measured(readings.signalDbm, "dBm")}</dd>
          <dt>{t("console.machine.position")}</dt>
          <dd>
            {readings.position
              ? `${readings.position.longitudeDegrees.toFixed(5)}, ${readings.position.latitudeDegrees.toFixed(5)} `
              : "–"}
            {readings.position
              ? t("console.machine.accuracy", { metres: Math.round(readings.position.accuracyMetres) })
              : null}
          </dd>
          <dt>{t("console.machine.firmware")}</dt>
          <dd>{readings.firmware ?? "–"}</dd>
          <dt>{t("console.machine.heardAt")}</dt>
          <dd>
            {dateTime(readings.heardAt)} · {trust(readings.clockTrust)}
          </dd>
        </dl>
      ) : (
        <p className="soft">{t("console.machine.noReadings")}</p>
      )}
    </section>
  );
}
