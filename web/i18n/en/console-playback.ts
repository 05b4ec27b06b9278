/** A machine's past, played back. */
const playback = {
  title: "Track and readings",
  aroundAlarm:
    "Where it was and what was measured, from 30 minutes before the alarm to 15 after. Each look is on record.",
  load: "Play back",
  none: "Nothing was reported at that time.",
  noPlace: "There was no position at that time.",
  map: "The machine's track",
  play: "Play",
  pause: "Pause",
  moment: "Moment",
  speed: "Times as fast",
  alarm: "Alarm",
  on: "power on",
  off: "power off",
  current: "Current",
  temperature: "Temperature",
  gas: "Combustible gas",
  movingSpeed: "Moving speed",
  most: "at most",
  curve: "{{name}}, {{from}} to {{to}}, at most {{most}}",
  thinned: "{{shown}} of {{measured}} samples are drawn: those with most gas and current of each part.",
  within:
    "Where it was and what was measured in a time of at most 24 hours, by each chip while it sat in it. Each look is on record.",
  from: "Played back from",
  to: "Played back until",
  lastHours: "Last {{hours}} h",
};

export default playback;
