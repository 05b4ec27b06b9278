import type { Wall } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { useIndustryName } from "../../ui/use-industry-name.ts";
import { Donut } from "./donut.tsx";
import { wallLinks } from "./wall-links.ts";
import { WallPanel } from "./wall-panel.tsx";

const COLOURS = ["#19d3da", "#4f7cff", "#b4d334", "#ff9f43", "#b07bff", "#ff7a9a", "#59c3a3", "#8fa6c4"];

/** Machines at work by the industry of their firm. */
export function IndustryPanel({ wall }: { wall: Wall }) {
  const { t } = useTranslation();
  const nameOf = useIndustryName();
  const links = wallLinks(wall);
  const parts = wall.industries?.map(({ code, machines }, index) => ({
    key: code ?? "",
    name: code === null ? t("console.wall.noIndustry") : nameOf(code),
    value: machines.atWork,
    to: links.machinesOfIndustry(code ?? "none"),
    colour: COLOURS[index % COLOURS.length]!,
  }));
  return (
    <WallPanel title={t("console.wall.industries")} place="industries">
      {parts ? (
        <Donut parts={parts} label={t("console.wall.industries")} />
      ) : (
        <p className="wall-none">{t("console.wall.notSeen")}</p>
      )}
    </WallPanel>
  );
}
