/** How far down a page is written, and going on to another where it is full. */
export class PageColumn {
  readonly #document: PDFKit.PDFDocument;
  readonly #bottomMm: number;
  readonly #onPage: (page: number) => number;
  #page = 0;
  /** From above, in millimetres. */
  yMm = 0;

  /** @param onPage draws what stands on every page, and returns where the rest begins, in millimetres from above */
  constructor(document: PDFKit.PDFDocument, bottomMm: number, onPage: (page: number) => number) {
    this.#document = document;
    this.#bottomMm = bottomMm;
    this.#onPage = onPage;
    this.turn();
  }

  turn(): void {
    this.#document.addPage();
    this.#page++;
    this.yMm = this.#onPage(this.#page);
  }

  /** Turns the page unless so much fits on it; whether it has. */
  need(heightMm: number): boolean {
    const isFull = this.yMm + heightMm > this.#bottomMm;
    if (isFull) this.turn();
    return isFull;
  }
}
