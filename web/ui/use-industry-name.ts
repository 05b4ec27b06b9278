import { industryName } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

/** `C33 金属制品业`; a code that the classification does not have is shown as it is. */
export function useIndustryName(): (code: string) => string {
  const { i18n } = useTranslation();
  return (code) => {
    const name = industryName(code);
    return name ? `${code} ${i18n.language === "en" ? name.en : name.zh}` : code;
  };
}
