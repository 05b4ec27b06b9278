const TONE_HERTZ = 880;
const TONE_SECONDS = 0.4;

let sound: AudioContext | undefined;

/** Whether the browser lets the page be heard: it is silent until the person has touched the page. */
export function mayBeHeard(): boolean {
  return navigator.userActivation?.hasBeenActive ?? false;
}

/**
 * One tone, now or a little later; nothing before the person has touched the page.
 * @param afterSeconds how long to wait before it
 */
export function beep(hertz = TONE_HERTZ, afterSeconds = 0): void {
  if (!mayBeHeard()) return;
  sound ??= new AudioContext();
  void sound.resume();
  const tone = sound.createOscillator();
  tone.frequency.value = hertz;
  tone.connect(sound.destination);
  tone.start(sound.currentTime + afterSeconds);
  tone.stop(sound.currentTime + afterSeconds + TONE_SECONDS);
}
