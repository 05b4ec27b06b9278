import { industrySections } from "@hanyouxu/api";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useIndustryName } from "./use-industry-name.ts";

/** The classification to choose from, a group a section: the section as a whole first, then its divisions. */
export function useIndustryOptions(wholeWord: string) {
  const { i18n } = useTranslation();
  const nameOf = useIndustryName();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names follow the language.
  return useMemo(
    () =>
      industrySections.map((section) => ({
        label: nameOf(section.code),
        options: [
          { value: section.code, label: `${nameOf(section.code)} ${wholeWord}` },
          ...section.divisions.map(([digits]) => {
            const value = `${section.code}${digits}`;
            return { value, label: nameOf(value) };
          }),
        ],
      })),
    [i18n.language, wholeWord],
  );
}
