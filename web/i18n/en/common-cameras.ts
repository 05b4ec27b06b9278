import type cameras from "../zh-cn/common-cameras.ts";

const english: typeof cameras = {
  none: "No pictures yet. The chip takes them at a start, at intervals and on alarms; on a weak link they come later.",
  inChip: "camera in the chip",
  number: "camera {{number}}",
  clipOf: "Clip around the alarm, {{name}}",
  clipCaption: "Clip around the alarm · {{name}} · {{from}} to {{to}}",
  pictureOf: "{{name}}, {{purpose}}, {{at}}",
  forgotten: "Deleted when its time was over",
  timeUnsure: "chip's time unknown, time of arrival",
  separator: ", ",
  purpose: {
    interval: "at an interval",
    request: "on request",
    event: "at the start",
    alarm: "moment of the alarm",
    clip: "part of a clip",
    live: "live",
  },
  detection: {
    "not-asked": "not checked for people or dangers",
    waiting: "waits to be checked",
    done: "checked",
    failed: "the checking program gave no answer",
    nothing: "no people or dangers seen",
  },
  thing: {
    person: "person",
    fire: "fire",
    smoke: "smoke",
    sparks: "sparks",
    flammable: "flammables",
    "no-helmet": "no helmet",
    other: "other",
  },
};

export default english;
