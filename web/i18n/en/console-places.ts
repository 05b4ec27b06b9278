import type places from "../zh-cn/console-places.ts";

const text: typeof places = {
  title: "Key areas it is in",
  area: "Area",
  floor: "floor {{floor}}",
  state: { inside: "Inside", unsure: "Unsure", outside: "Outside" },
  since: "Since",
  method: "Known by",
  by: { gps: "Satellites", sign: "A scanned sign", person: "Somebody at the place" },
  lastFix: "Last believed fix",
  stopDue: "No new arc from",
  onSite: "At the place",
  tell: "Confirm the place",
  where: "The machine is",
  lead: "Say by what is seen at the place whether the machine is in “{{name}}”; it holds until the machine moves.",
  done: "Confirmed",
};

export default text;
