import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";
import { type FactValue, kindOf, lastOf } from "./fact-paths.ts";

type FactWord = "console.lawPacks.fact.isOutdoors";
type ValueWord = "console.lawPacks.value.gradeDeclared.special";

/** What a fact is called: the parts of its path after the group it stands in. */
export function useFactLabel() {
  const { t } = useTranslation();
  return (path: string) => {
    const keys = path.split(".");
    return (keys.length > 1 ? keys.slice(1) : keys)
      .map((key) =>
        /^\d+$/.test(key) ? `#${Number(key) + 1}` : t(`console.lawPacks.fact.${key}` as FactWord),
      )
      .join(" · ");
  };
}

/** What a fact says, in words. */
export function useFactValue() {
  const { t } = useTranslation();
  const wordOf = (path: string, value: FactValue): string => {
    if (Array.isArray(value)) return value.map((one) => wordOf(path, one)).join("、");
    const kind = kindOf(path);
    if (value === null || kind === "known") return t(`console.lawPacks.known.${String(value) as "true"}`);
    if (value === "none") return t("console.lawPacks.none");
    if ((kind === "instant" || kind === "instants") && typeof value === "number")
      return dateTime(new Date(value).toISOString());
    return kind === "choice" || kind === "choices"
      ? t(`console.lawPacks.value.${lastOf(path)}.${String(value)}` as ValueWord)
      : String(value);
  };
  return wordOf;
}
