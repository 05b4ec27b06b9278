import { keys, secretKeys } from "./keys.ts";

/** The table of docs/operations/configuration.md, made from the keys themselves. */
export function configurationTable(): string {
  const secret = new Set<string>(secretKeys);
  const rows = Object.entries(keys.shape).map(([name, schema]) => {
    const unset = schema.safeParse(undefined);
    const value: unknown = unset.success ? unset.data : undefined;
    const shown =
      value === undefined || (Array.isArray(value) && value.length === 0) ? "" : `\`${display(value)}\``;
    const file = secret.has(name) ? ` Or \`${name}_FILE\`.` : "";
    return `| \`${name}\` | ${shown} | ${(schema.description ?? "").replaceAll("|", "\\|")}${file} |`;
  });
  return ["| Key | Default | Meaning |", "|---|---|---|", ...rows].join("\n");
}

function display(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "1" : "0";
  return String(value);
}
