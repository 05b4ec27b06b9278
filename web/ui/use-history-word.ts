import type { RectificationDetail } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

const WHATS = [
  "issued",
  "item-answered",
  "submitted",
  "extension-asked",
  "extension-granted",
  "extension-refused",
  "failed",
  "passed",
  "overdue",
  "escalated",
  "cancelled",
  "appeal-allowed",
] as const;

/** What a step of an order to rectify is called; one that this page does not know yet, by its code. */
export function useHistoryWord(): (step: RectificationDetail["history"][number]) => string {
  const { t } = useTranslation();
  return ({ what, itemNo }) => {
    const known = WHATS.find((one) => one === what);
    return known ? t(`common.rectification.what.${known}`, { itemNo }) : what;
  };
}
