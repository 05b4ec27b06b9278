import { Button, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ListState } from "./use-list-state.ts";

/** The filters above a list. */
export function FilterBar({ list, children }: { list: ListState; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <search className="filters">
      {children}
      <Button onClick={list.reset}>{t("console.list.reset")}</Button>
    </search>
  );
}

export function TextFilter({ list, label }: { list: ListState; label: string }) {
  const current = list.text("text") ?? "";
  return (
    <Input.Search
      key={current}
      className="filter-text"
      allowClear
      defaultValue={current}
      placeholder={label}
      aria-label={label}
      maxLength={100}
      onSearch={(text) => list.set({ text: text.trim() })}
    />
  );
}

interface ChoiceProps<Value extends string> {
  list: ListState;
  name: string;
  label: string;
  values: readonly Value[];
  wordFor: (value: Value) => string;
}

export function ChoiceFilter<Value extends string>({
  list,
  name,
  label,
  values,
  wordFor,
}: ChoiceProps<Value>) {
  return (
    <Select
      className="filter-choice"
      allowClear
      aria-label={label}
      placeholder={label}
      value={list.oneOf(name, values)}
      options={values.map((value) => ({ value, label: wordFor(value) }))}
      onChange={(value: Value | undefined) => list.set({ [name]: value })}
    />
  );
}
