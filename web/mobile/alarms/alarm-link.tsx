import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "../../ui/use-me.ts";

const HANDLERS = ["operator", "regulator", "station-staff"] as const;

/** Who handles alarms goes to the page that handles them; whom it is about, to his own. */
export function AlarmLink({ alarmId }: { alarmId: string }) {
  const { t } = useTranslation();
  const isStaff = useMe().data?.roles.some(({ role }) => HANDLERS.some((handler) => handler === role));
  return <Link to={`/${isStaff ? "alarms" : "my-alarms"}/${alarmId}`}>{t("mobile.alarms.one")}</Link>;
}
