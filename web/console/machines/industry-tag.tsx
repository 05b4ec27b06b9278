import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useIndustryName } from "../../ui/use-industry-name.ts";
import type { ListState } from "../ui/use-list-state.ts";

/** Says which industry of their firms the address narrows machines to, and takes that away. */
export function IndustryTag({ list }: { list: ListState }) {
  const { t } = useTranslation();
  const nameOf = useIndustryName();
  const industry = list.text("industry");
  if (industry === undefined) return null;
  return (
    <Tag closable onClose={() => list.set({ industry: undefined })} className="filter-tag">
      {t("console.wall.filter.industry", {
        name: industry === "none" ? t("console.wall.noIndustry") : nameOf(industry),
      })}
    </Tag>
  );
}
