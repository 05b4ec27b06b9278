import {
  ApiError,
  type LawRule,
  MOST_WHAT_IF_DAYS,
  type RegionPolicy,
  type WhatIfQuestion,
} from "@hanyouxu/api";
import { Button, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { endOfDay, startOfDay, today } from "../ui/days.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import { openTitle } from "./rule-words.ts";
import { useWord } from "./use-word.ts";

interface Typed {
  region: string;
  days: [Dayjs, Dayjs];
  /** Which numbers are to be different, as `part.name`. */
  numbers: string[];
  values?: Record<string, string | undefined>;
  without: string[];
}

const PARTS = ["start", "alarm"] as const;
const START_PACKS = ["start", "certificate-law"];

/** The question: where, when, and what would have been different. */
export function WhatIfForm({
  policy,
  rules,
  error,
  isAsking,
  onAsk,
}: {
  policy: RegionPolicy;
  rules: readonly LawRule[];
  error: Error | null;
  isAsking: boolean;
  onAsk: (question: WhatIfQuestion) => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const [form] = Form.useForm<Typed>();
  const chosen = Form.useWatch("numbers", form) ?? [];
  const fields = policy.fields.flatMap((field) => {
    const part = PARTS.find((one) => one === field.part);
    return part && (field.kind === "number" || field.kind === "choice")
      ? [{ ...field, part, key: `${part}:${field.name}` }]
      : [];
  });
  const failures: Record<string, string | undefined> = Object.fromEntries(
    error instanceof ApiError
      ? error.fields.map(({ path, message }) => [path.replace(/^body\./, ""), message])
      : [],
  );
  const choiceWord = (value: string) =>
    t(`console.lawPacks.choice.${value}` as "console.lawPacks.choice.refuse");
  return (
    <Form<Typed>
      name="what-if"
      form={form}
      layout="vertical"
      requiredMark={false}
      className="panel what-if-form"
      initialValues={{
        region: policy.region,
        days: [dayjs(today()).subtract(MOST_WHAT_IF_DAYS - 1, "day"), dayjs(today())],
        numbers: [],
        without: [],
      }}
      onFinish={(typed) => onAsk(questionOf(typed))}
    >
      <Form.Item name="region" label={t("console.lawPacks.region")} {...fieldFailure(failures.region)}>
        <Input maxLength={9} />
      </Form.Item>
      <Form.Item name="days" label={t("console.whatIf.days")} {...fieldFailure(failures.from ?? failures.to)}>
        <DatePicker.RangePicker allowClear={false} maxDate={dayjs(today())} />
      </Form.Item>
      <Form.Item name="numbers" label={t("console.whatIf.numbers")}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={fields.map((field) => ({ value: field.key, label: word(field.doc) }))}
        />
      </Form.Item>
      {fields
        .filter((field) => chosen.includes(field.key))
        .map((field) => {
          const now = String(policy.inForce[field.part][field.name] ?? field.default);
          return (
            <Form.Item
              key={field.key}
              name={["values", field.key]}
              label={t("console.whatIf.instead", {
                number: word(field.doc),
                now: field.kind === "choice" ? choiceWord(now) : `${now} ${field.unit ?? ""}`.trim(),
              })}
              {...fieldFailure(failures[`${field.part}.${field.name}`])}
            >
              {field.kind === "choice" ? (
                <Select options={field.choices!.map((value) => ({ value, label: choiceWord(value) }))} />
              ) : (
                <Input maxLength={10} suffix={field.unit ?? ""} />
              )}
            </Form.Item>
          );
        })}
      <Form.Item name="without" label={t("console.whatIf.without")} {...fieldFailure(failures.without)}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={rules
            .filter(({ pack }) => START_PACKS.includes(pack))
            .map(({ pack, ruleId, title }) => ({
              value: `${pack}/${ruleId}`,
              label: openTitle(word(title)),
            }))}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={isAsking}>
        {t("console.whatIf.ask")}
      </Button>
    </Form>
  );
}

/** What was typed as a question; what is no number is sent as it is, and the platform says what is wrong. */
function questionOf({ region, days, numbers, values = {}, without }: Typed): WhatIfQuestion {
  const question = {
    region: region.trim(),
    from: startOfDay(days[0].format("YYYY-MM-DD")),
    to: endOfDay(days[1].format("YYYY-MM-DD")),
    start: {} as Record<string, string | number>,
    alarm: {} as Record<string, string | number>,
    without,
  };
  for (const key of numbers) {
    const [part, name] = key.split(":") as ["start" | "alarm", string];
    const text = values[key]?.trim();
    if (text) question[part][name] = Number.isFinite(Number(text)) ? Number(text) : text;
  }
  return question;
}
