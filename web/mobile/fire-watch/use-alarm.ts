import { useEffect } from "react";

const REPEAT_MS = 4_000;
const PULSE_MS = [400, 200, 400];
const TONE_HERTZ = 880;
const TONE_SECONDS = 0.4;

let sound: AudioContext | undefined;

/** Browsers are silent until the person has touched the page. */
function beep(): void {
  if (!navigator.userActivation?.hasBeenActive) return;
  sound ??= new AudioContext();
  void sound.resume();
  const tone = sound.createOscillator();
  tone.frequency.value = TONE_HERTZ;
  tone.connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + TONE_SECONDS);
}

/** Shakes and sounds, again and again, while `isOn`: the phone may be in a pocket. */
export function useAlarm(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const call = () => {
      if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(PULSE_MS);
      beep();
    };
    call();
    const timer = setInterval(call, REPEAT_MS);
    return () => clearInterval(timer);
  }, [isOn]);
}
