import type cameras from "../zh-cn/console-cameras.ts";

const english: typeof cameras = {
  title: "Cameras",
  unknown: "No picture of this machine has come yet. A chip without a camera does not answer a request.",
  show: "Show pictures",
  request: "Take a picture",
  requestLead:
    "Has the chip take a picture now; on a weak link it comes later. Who asked and why is audited.",
  requested: "The chip was asked; the picture appears below when it has come",
  watch: "Watch live: {{name}}",
  watchLead:
    "About two pictures a second, five minutes at most, until you leave the page. Who watched, when and why is audited, and the firm sees that somebody watches.",
  watched: "{{name}}: watched live now by {{count}}",
  unwatched: "{{name}}: nobody watches live now",
  liveOf: "{{name}}, live",
  liveWaits: "Waiting for the chip's pictures…",
  liveNotice:
    "You are watching live, and this is in the audit log; whoever sees this machine also sees that somebody watches.",
  liveEnd: "Stop watching",
};

export default english;
