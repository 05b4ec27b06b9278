import { Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";
import { FACT_CHOICES, type Fact, type FactValue, kindOf, lastOf, readFact } from "./fact-paths.ts";

interface Props {
  fact: Fact;
  label: string;
  error: string | undefined;
  onChange: (value: FactValue) => void;
}

type GradeWord = "console.lawPacks.value.gradeDeclared.special";

/** One fact with the box that suits it, and what the platform says is wrong with it. */
export function FactField({ fact: { path, value }, label, error, onChange }: Props) {
  const { t } = useTranslation();
  const kind = kindOf(path);
  const choices = FACT_CHOICES[lastOf(path)] ?? [];
  const wordFor = (choice: string) => t(`console.lawPacks.value.${lastOf(path)}.${choice}` as GradeWord);
  const errorId = `fact-${path}-error`;
  const shared = {
    "aria-label": label,
    "data-fact": path,
    ...(error ? { status: "error" as const, "aria-describedby": errorId, "aria-invalid": true } : {}),
  };
  return (
    <div className="fact-field">
      <span className="fact-label">{label}</span>
      {kind === "known" ? (
        <Select
          {...shared}
          value={String(value)}
          options={["true", "false", "null"].map((one) => ({
            value: one,
            label: t(`console.lawPacks.known.${one as "true"}`),
          }))}
          onChange={(picked: string) => onChange(picked === "null" ? null : picked === "true")}
        />
      ) : kind === "choice" ? (
        <Select
          {...shared}
          allowClear
          placeholder={t("console.lawPacks.known.null")}
          value={value as string | null}
          options={choices.map((one) => ({ value: one, label: wordFor(one) }))}
          onChange={(picked: string | undefined) => onChange(picked ?? null)}
        />
      ) : kind === "choices" ? (
        <Select
          {...shared}
          mode="multiple"
          placeholder={t("console.lawPacks.known.null")}
          value={(value as string[] | null) ?? []}
          options={choices.map((one) => ({ value: one, label: wordFor(one) }))}
          onChange={(picked: string[]) => onChange(picked.length > 0 ? picked : null)}
        />
      ) : (
        <TypedFact
          shared={shared}
          placeholder={t(`console.lawPacks.typed.${kind}`)}
          text={textOf(value)}
          onText={(text) => onChange(readFact(kind, text))}
        />
      )}
      {error ? (
        <p className="field-error" id={errorId} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );

  function textOf(fact: FactValue): string {
    if (Array.isArray(fact)) return fact.map((one) => textOf(one)).join(", ");
    if (fact === null) return "";
    const isInstant = kind === "instant" || kind === "instants";
    return isInstant && typeof fact === "number" ? dateTime(new Date(fact).toISOString()) : String(fact);
  }
}

/** Keeps what is being typed; the facts get it when the box is left. */
function TypedFact({
  shared,
  text,
  placeholder,
  onText,
}: {
  shared: object;
  text: string;
  placeholder: string;
  onText: (text: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Input
      {...shared}
      maxLength={200}
      placeholder={placeholder}
      value={typed ?? text}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={() => {
        if (typed !== null && typed !== text) onText(typed);
        setTyped(null);
      }}
    />
  );
}
