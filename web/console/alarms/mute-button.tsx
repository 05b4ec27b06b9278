import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { mayBeHeard } from "../../ui/beep.ts";
import { useMe } from "../../ui/use-me.ts";
import { useAlarmMute } from "./alarm-mute.ts";

/** Sound on or off for this person on this device; and what the browser asks for before it sounds at all. */
export function MuteButton() {
  const { t } = useTranslation();
  const [isMuted, mute] = useAlarmMute(useMe().data?.personId);
  return (
    <>
      {isMuted || mayBeHeard() ? null : (
        <span className="soft small">{t("console.alarms.touchForSound")}</span>
      )}
      <Button aria-pressed={isMuted} onClick={() => mute(!isMuted)}>
        {t(isMuted ? "console.alarms.soundOff" : "console.alarms.soundOn")}
      </Button>
    </>
  );
}
