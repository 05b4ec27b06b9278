import { mm } from "./chinese-document.ts";

/** What is drawn: a series a colour, a value a label. */
export interface ChartToDraw {
  kind: "lines" | "bars";
  labels: readonly string[];
  /** Null is not drawn. */
  series: readonly { name: string; values: readonly (number | null)[] }[];
}

interface Box {
  xMm: number;
  yMm: number;
  widthMm: number;
}

/** Dark enough to be told apart on paper; lines also by their dashes, so that a copy in grey can be read. */
const COLOURS = ["#1668c7", "#c92a2a", "#2b8a3e", "#862e9c"];
const DASHES: readonly number[][] = [[], [4, 2], [1, 1.5], [6, 2, 1, 2]];
const INK = "#333";
const GRID = "#d5d9de";
const LEGEND_MM = 6;
const LINES_MM = 52;
const BAR_MM = 3.2;
const BAR_GAP_MM = 1.8;
const LABEL_MM = 46;
const FONT_POINTS = 7;
const LETTER_MM = 3;

/** How high a chart is, legend and labels included. */
export function chartHeightMm({ kind, labels, series }: ChartToDraw): number {
  if (kind === "lines") return LEGEND_MM + LINES_MM + 6;
  return LEGEND_MM + labels.length * (series.length * BAR_MM + BAR_GAP_MM);
}

/** Draws lines over time, or bars lying beside their labels with their values; all of it vectors. */
export function drawChart(document: PDFKit.PDFDocument, chart: ChartToDraw, box: Box): void {
  document.font("chinese").fontSize(FONT_POINTS);
  drawLegend(document, chart, box);
  const below = { ...box, yMm: box.yMm + LEGEND_MM };
  if (chart.kind === "lines") drawLines(document, chart, below);
  else drawBars(document, chart, below);
  document.undash().lineWidth(0.5).fillColor("#000").strokeColor("#000");
}

/** A round number not below the largest value, with four equal steps that are whole where the values are. */
export function topOf(values: readonly (number | null)[]): number {
  const largest = Math.max(0, ...values.map((value) => value ?? 0));
  if (largest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(largest));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((top) => top >= largest)!;
}

function drawLegend(document: PDFKit.PDFDocument, { series }: ChartToDraw, { xMm, yMm }: Box): void {
  let x = mm(xMm);
  for (const [at, { name }] of series.entries()) {
    document.rect(x, mm(yMm + 0.4), mm(3), mm(2)).fill(colourOf(at));
    document.fillColor(INK).text(name, x + mm(4), mm(yMm), { lineBreak: false });
    x += mm(8) + document.widthOfString(name);
  }
}

function drawLines(document: PDFKit.PDFDocument, { labels, series }: ChartToDraw, box: Box): void {
  const [left, right] = [mm(box.xMm + 12), mm(box.xMm + box.widthMm - 4)];
  const [top, bottom] = [mm(box.yMm + 2), mm(box.yMm + LINES_MM)];
  const most = topOf(series.flatMap(({ values }) => values));
  const yOf = (value: number) => bottom - ((bottom - top) * value) / most;
  const xOf = (at: number) => left + ((right - left) * at) / Math.max(1, labels.length - 1);
  for (let step = 0; step <= 4; step++) {
    const value = (most * step) / 4;
    document.lineWidth(0.4).strokeColor(GRID).moveTo(left, yOf(value)).lineTo(right, yOf(value)).stroke();
    write(document, value.toLocaleString("en-US"), left - mm(1.5), yOf(value) - mm(1.2), "right");
  }
  const every = Math.ceil(labels.length / 10);
  for (const [at, label] of labels.entries()) {
    if (at % every === 0) write(document, label.slice(5) || label, xOf(at), bottom + mm(1.2), "middle");
  }
  for (const [at, { values }] of series.entries()) {
    document.lineWidth(1.1).strokeColor(colourOf(at));
    const [dash = 0, space = dash] = DASHES[at % DASHES.length]!;
    if (dash > 0) document.dash(dash, { space });
    else document.undash();
    let isDown = false;
    for (const [point, value] of values.entries()) {
      if (value === null) isDown = false;
      else if (isDown) document.lineTo(xOf(point), yOf(value));
      else {
        document.moveTo(xOf(point), yOf(value));
        isDown = true;
      }
    }
    document.stroke();
  }
}

function drawBars(document: PDFKit.PDFDocument, { labels, series }: ChartToDraw, box: Box): void {
  const left = mm(box.xMm + LABEL_MM);
  const width = mm(box.widthMm - LABEL_MM - 18);
  const most = Math.max(1e-9, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const groupMm = series.length * BAR_MM;
  for (const [at, label] of labels.entries()) {
    const yMm = box.yMm + at * (groupMm + BAR_GAP_MM);
    const shown = fitted(document, label, mm(LABEL_MM - 3));
    write(document, shown, left - mm(1.5), mm(yMm + (groupMm - LETTER_MM) / 2), "right");
    for (const [index, { values }] of series.entries()) {
      const value = values[at] ?? null;
      if (value === null) continue;
      const y = mm(yMm + index * BAR_MM);
      const long = Math.max((width * value) / most, 0.4);
      document.rect(left, y + mm(0.3), long, mm(BAR_MM - 0.6)).fill(colourOf(index));
      write(
        document,
        value.toLocaleString("en-US", { maximumFractionDigits: 1 }),
        left + long + mm(1),
        y,
        "left",
      );
    }
  }
  const bottomMm = box.yMm + labels.length * (groupMm + BAR_GAP_MM) - BAR_GAP_MM;
  document.lineWidth(0.4).strokeColor(INK).moveTo(left, mm(box.yMm)).lineTo(left, mm(bottomMm)).stroke();
}

const colourOf = (at: number): string => COLOURS[at % COLOURS.length]!;

/** Cut with an ellipsis where it is wider. */
function fitted(document: PDFKit.PDFDocument, text: string, widthPoints: number): string {
  let shown = text;
  while (shown.length > 1 && document.widthOfString(shown) > widthPoints)
    shown = `${shown.replace(/…$/, "").slice(0, -1)}…`;
  return shown;
}

function write(
  document: PDFKit.PDFDocument,
  text: string,
  x: number,
  y: number,
  align: "left" | "middle" | "right",
): void {
  const width = document.widthOfString(text);
  const from = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  document.fillColor(INK).text(text, from, y, { lineBreak: false });
}
