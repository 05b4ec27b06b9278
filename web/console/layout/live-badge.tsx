import { useTranslation } from "react-i18next";
import type { LiveLink } from "../../live/live-socket.ts";
import { useLiveView } from "../../live/use-live.ts";
import { timeOfDay } from "../../ui/format.ts";

/** Whether the figures are live, and of what time they are. */
export function LiveBadge({ link }: { link: LiveLink }) {
  const { t } = useTranslation();
  const { at } = useLiveView();
  return (
    <span className={`live-badge is-${link}`} data-link={link}>
      <span className="live-dot" aria-hidden="true" />
      {t(`console.live.${link}`)}
      {at ? <span className="live-at">{t("console.live.at", { at: timeOfDay(at) })}</span> : null}
    </span>
  );
}
