import type { MobileText } from "../text.ts";

const rectification: MobileText["rectification"] = {
  lead: "What your firm has to rectify",
  which: "Which",
  open: "Open",
  all: "All",
  none: "No orders to rectify",
  one: "Order to rectify",
  item: "Item {{itemNo}}",
  answer: "What was done",
  answerLead: "Take the pictures first, then say what was done. You may change it until you hand in.",
  send: "Save item {{itemNo}} ({{count}} pictures)",
  submit: "Hand in",
  submitLead: "Once every item is answered",
  extension: "Ask for more time",
  until: "Until",
  reason: "Reason",
  asked: "Asked for time until {{until}}; waiting for the answer",
  askedFor: "Ask for more time",
  credit: "My credit",
  creditLead: "Points, what took them, and appeals",
  least: "Here a start needs at least {{points}} points",
  appealTitle: "Appeal",
  appealReason: "Why it is wrong",
  appealSend: "Send the appeal",
  appealed: "My appeals",
};

export default rectification;
