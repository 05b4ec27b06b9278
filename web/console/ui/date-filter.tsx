import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { ListState } from "./use-list-state.ts";

/** From one day to another, both included, as `from` and `to` in the address (`YYYY-MM-DD`, Asia/Shanghai). */
export function DateFilter({ list }: { list: ListState }) {
  const { t } = useTranslation();
  const day = (name: string) => {
    const value = list.text(name);
    return value ? dayjs(value) : null;
  };
  return (
    <DatePicker.RangePicker
      aria-label={t("console.session.dates")}
      allowEmpty
      value={[day("from"), day("to")]}
      onChange={(days) =>
        list.set({ from: days?.[0]?.format("YYYY-MM-DD"), to: days?.[1]?.format("YYYY-MM-DD") })
      }
    />
  );
}
