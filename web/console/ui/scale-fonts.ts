/** The same option with every `fontSize` in it so many times as large. */
export function scaleFonts<Option>(option: Option, scale: number): Option {
  if (scale === 1) return option;
  return scaled(option, scale) as Option;
}

function scaled(value: unknown, scale: number): unknown {
  if (Array.isArray(value)) return value.map((one) => scaled(one, scale));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === "fontSize" && typeof one === "number" ? one * scale : scaled(one, scale),
    ]),
  );
}
