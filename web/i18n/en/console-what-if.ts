import type whatIf from "../zh-cn/console-what-if.ts";

const text: typeof whatIf = {
  lead: "Every start that was asked for in a past time, decided again on the facts stored then: with other numbers, or without a rule, how many more or fewer would have been refused, and how many more alarms there would be. Nothing is stored or changed.",
  noRegion: "Your account belongs to no region: use the account of one.",
  days: "Days (31 at most)",
  numbers: "Numbers to change",
  instead: "{{number}} (now {{now}}), instead",
  without: "Rules of a start to leave out",
  ask: "Try",
  starts: "{{count}} starts asked for",
  sampled:
    "There are many: of every {{everyNth}} welders one was taken, {{looked}} starts were decided again.",
  drifted:
    "{{count}} of them differ from what was decided even without a change: the rules’ program has changed since.",
  rules: "Rules that were a reason",
  alarms: "Alarms that refused starts raise",
  limits:
    "What people who are refused do next, or what work would have followed a start, nobody knows: only what was asked for is decided again. Alarms are counted as if nobody closed any.",
  examples: "Starts that come out otherwise, the newest first",
  noChange: "None comes out otherwise.",
  none: "None",
  before: "Then",
  after: "Changed",
  difference: "Difference",
};

export default text;
