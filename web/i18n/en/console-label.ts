import type { ConsoleText } from "../text.ts";

const consoleLabel: ConsoleText["label"] = {
  batch: "Batch",
  batches: "Batches to print",
  noBatches: "No batch of labels yet",
  all: "All labels",
  search: "Code, machine or enterprise",
  kind: "Kind",
  kinds: { blank: "Blank labels", machines: "Labels of machines" },
  count: "Count",
  counts: "{{labels}} labels / {{sheets}} sheets",
  countHint: "21 an A4 sheet (63.5 × 38.1 mm)",
  states: "{{blank}} blank · {{bound}} bound · {{gone}} void",
  state: { blank: "Blank", bound: "Bound", void: "Void" },
  madeAt: "Made",
  printed: "Printed",
  notPrinted: "not printed",
  download: "Download PDF (printed {{count}} times)",
  sheet: "sheet {{sheet}}",
  new: "Make blank labels",
  name: "Name of the batch",
  made: "{{labels}} labels made, {{sheets}} sheets",
  makeVoid: "Make void",
  voidBoundLead:
    "This label is void at once and the machine gets a new code; its new label lies in a batch of its own.",
  voidBlankLead: "This blank label is void at once and refused wherever it is scanned.",
  renewed: "Void; the machine's new label is in the newest batch",
  voided: "Void",
  refusedTitle: "Codes that were refused",
  refused: { forged: "Forged", void: "Void", blank: "On no machine" },
  refusedAt: "Time",
  refusedWhy: "Reason",
  noneRefused: "No code was refused",
};

export default consoleLabel;
