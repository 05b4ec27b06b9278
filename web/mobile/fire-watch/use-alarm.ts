import { useEffect } from "react";
import { beep, mayBeHeard } from "../../ui/beep.ts";

const REPEAT_MS = 4_000;
const PULSE_MS = [400, 200, 400];

/** Shakes and sounds, again and again, while `isOn`: the phone may be in a pocket. */
export function useAlarm(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const call = () => {
      if (mayBeHeard()) navigator.vibrate?.(PULSE_MS);
      beep();
    };
    call();
    const timer = setInterval(call, REPEAT_MS);
    return () => clearInterval(timer);
  }, [isOn]);
}
