/** The same words in the two languages of the product. */
export interface Text {
  zh: string;
  en: string;
}

/** What a reason tells about the case: plain JSON scalars, so that it can be stored, shown and replayed. */
export type ReasonData = Readonly<Record<string, string | number | boolean | null>>;

/** Replaces each `{name}` by `data.name`; a name without data stays as it is, so that tests can see it. */
export function fillText(text: Text, data: ReasonData): Text {
  const fill = (template: string) =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(data, name) ? data[name] : undefined;
      return value === undefined || value === null ? whole : String(value);
    });
  return { zh: fill(text.zh), en: fill(text.en) };
}
