import {
  ApiError,
  type PolicyParts,
  type RegionPolicy,
  regionPolicyRoutes,
  type ShownPolicyField,
} from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, DatePicker, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { startOfDay } from "../ui/days.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import { useWord } from "./use-word.ts";

type Typed = Record<string, string | undefined> & { reason: string; day?: Dayjs | null };

const keyOf = ({ part, name }: Pick<ShownPolicyField, "part" | "name">) => `${part}.${name}`;

/** The next version of a region's numbers. What is left empty keeps its default. */
export function PolicyForm({ policy, onSaved }: { policy: RegionPolicy; onSaved: () => unknown }) {
  const { t } = useTranslation();
  const word = useWord();
  const [form] = Form.useForm<Typed>();
  const newest = policy.versions.find(
    ({ region, version }) => region === policy.region && version === policy.newestVersion,
  )?.values;
  const save = useMutation({
    mutationFn: ({ reason, day, ...typed }: Typed) =>
      api.call(regionPolicyRoutes.setRegionPolicy, {
        params: { region: policy.region },
        body: {
          basedOnVersion: policy.newestVersion,
          ...(day ? { effectiveFrom: startOfDay(day.format("YYYY-MM-DD")) } : {}),
          values: valuesOf(policy.fields, typed),
          reason,
        },
      }),
    onSuccess: onSaved,
  });
  const failures = Object.fromEntries(
    save.error instanceof ApiError
      ? save.error.fields.map(({ path, message }) => [path.replace(/^body\.(values\.)?/, ""), message])
      : [],
  );
  const asText = (value: PolicyParts["start"][string] | undefined) =>
    Array.isArray(value) ? value.join("\n") : value === undefined ? undefined : String(value);
  return (
    <section className="panel" aria-labelledby="policy-form">
      <h2 id="policy-form" className="panel-title">
        {t("console.lawPacks.nextVersion", { version: `${policy.region}-${policy.newestVersion + 1}` })}
      </h2>
      <Form<Typed>
        name="region-policy"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          reason: "",
          ...Object.fromEntries(
            policy.fields.map((field) => [keyOf(field), asText(newest?.[field.part][field.name])]),
          ),
        }}
        onFinish={(typed) => save.mutate(typed)}
      >
        {(["hotWork", "approval", "clearance", "alarm", "camera", "rectification", "start"] as const).map(
          (part) => (
            <fieldset key={part} className="fact-group">
              <legend>{t(`console.lawPacks.part.${part}`)}</legend>
              {policy.fields
                .filter((field) => field.part === part)
                .map((field) => (
                  <Form.Item
                    key={field.name}
                    name={keyOf(field)}
                    label={word(field.doc)}
                    {...fieldFailure(failures[keyOf(field)])}
                  >
                    {field.kind === "choice" ? (
                      <Select
                        allowClear
                        placeholder={defaultWord(field)}
                        options={field.choices!.map((value) => ({ value, label: choiceWord(value) }))}
                      />
                    ) : field.kind === "days" || field.kind === "programs" ? (
                      <Input.TextArea rows={2} placeholder={t(`console.lawPacks.${field.kind}`)} />
                    ) : (
                      <Input maxLength={10} placeholder={defaultWord(field)} suffix={field.unit ?? ""} />
                    )}
                  </Form.Item>
                ))}
            </fieldset>
          ),
        )}
        <Form.Item
          name="day"
          label={t("console.lawPacks.effectiveFrom")}
          {...fieldFailure(failures.effectiveFrom)}
        >
          <DatePicker />
        </Form.Item>
        <Form.Item name="reason" label={t("console.lawPacks.reason")} {...fieldFailure(failures.reason)}>
          <Input maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t("console.lawPacks.save")}
        </Button>
        {save.isError ? <Alert type="error" showIcon title={failureText(save.error)} /> : null}
      </Form>
    </section>
  );

  function choiceWord(value: string): string {
    return t(`console.lawPacks.choice.${value}` as "console.lawPacks.choice.refuse");
  }

  function defaultWord(field: ShownPolicyField): string {
    const value = field.kind === "choice" ? choiceWord(String(field.default)) : String(field.default);
    return t("console.lawPacks.default", { value });
  }
}

/** What was typed as values; what is no number is sent as it is, and the platform says what is wrong. */
function valuesOf(
  fields: readonly ShownPolicyField[],
  typed: Record<string, string | undefined>,
): PolicyParts {
  const values: PolicyParts = {
    start: {},
    hotWork: {},
    approval: {},
    clearance: {},
    alarm: {},
    camera: {},
    rectification: {},
  };
  for (const field of fields) {
    const text = typed[keyOf(field)]?.trim();
    if (!text) continue;
    const number = Number(text);
    values[field.part][field.name] =
      field.kind === "days" || field.kind === "programs"
        ? text.split(/[\s,，;；]+/)
        : field.kind === "number" && Number.isFinite(number)
          ? number
          : text;
  }
  return values;
}
