/** A refusal of the HTTP API: its status, and a text in both languages that says what to do next. */
export interface Refusal {
  status: number;
  "zh-CN": string;
  en: string;
}
