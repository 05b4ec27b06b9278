import { Checkbox, Form, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { fieldFailure } from "../ui/field-failure.ts";

const DEMANDS = ["permit", "sceneCheck", "fireWatch", "smoulderWatch"] as const;
const NUMBERS = [
  { name: "sceneCheckAttempts", most: 10 },
  { name: "graceMinutes", most: 120 },
  { name: "smoulderWatchMinutes", most: 720 },
] as const;

/** What the area demands. */
export function PolicyFields({ wrong }: { wrong: Readonly<Record<string, string>> }) {
  const { t } = useTranslation();
  return (
    <fieldset className="area-fieldset">
      <legend>{t("console.keyAreas.policy.title")}</legend>
      <div className="area-row">
        {DEMANDS.map((demand) => (
          <Form.Item key={demand} name={["policy", "demands", demand]} valuePropName="checked">
            <Checkbox>{t(`common.keyArea.demand.${demand}`)}</Checkbox>
          </Form.Item>
        ))}
      </div>
      <div className="area-row">
        {NUMBERS.map(({ name, most }) => (
          <Form.Item
            key={name}
            name={["policy", name]}
            label={t(`console.keyAreas.policy.${name}`)}
            {...fieldFailure(wrong[`policy.${name}`])}
          >
            <InputNumber min={0} max={most} precision={0} />
          </Form.Item>
        ))}
        <Form.Item name={["policy", "workWhileOpen"]} label={t("console.keyAreas.policy.workWhileOpen")}>
          <Select
            options={(["forbidden", "allowed"] as const).map((value) => ({
              value,
              label: t(`console.keyAreas.policy.${value}`),
            }))}
          />
        </Form.Item>
      </div>
    </fieldset>
  );
}
