import type { Wall } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Donut } from "./donut.tsx";
import { wallLinks } from "./wall-links.ts";
import { WallPanel } from "./wall-panel.tsx";

const COLOURS = {
  valid: "#46e3a4",
  within90Days: "#4f7cff",
  within30Days: "#ffc069",
  expired: "#ff7a7a",
} as const;

/** Welders by how long their certificates still count. */
export function CertificatesPanel({ wall }: { wall: Wall }) {
  const { t } = useTranslation();
  const links = wallLinks(wall).certificates;
  const { certificates } = wall;
  return (
    <WallPanel title={t("console.wall.certificates")} place="certificates">
      {certificates ? (
        <Donut
          label={t("console.wall.certificates")}
          parts={(Object.keys(COLOURS) as (keyof typeof COLOURS)[]).map((key) => ({
            key,
            name: t(`console.wall.certificate.${key}`),
            value: certificates[key],
            to: links[key],
            colour: COLOURS[key],
          }))}
        />
      ) : (
        <p className="wall-none">{t("console.wall.notSeen")}</p>
      )}
    </WallPanel>
  );
}
