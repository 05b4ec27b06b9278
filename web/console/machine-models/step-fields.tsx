import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { StepPicture } from "./step-picture.tsx";

/** The installer's steps in both languages, in their order, each with a picture where there is one. */
export function StepFields() {
  const { t } = useTranslation();
  return (
    <Form.List name="steps">
      {(fields, { add, remove, move }) => (
        <fieldset className="step-fields">
          <legend>{t("console.machineModels.steps")}</legend>
          <p className="soft small">{t("console.machineModels.pictureHint")}</p>
          {fields.map((field, index) => (
            <div key={field.key} className="step-field">
              <Form.Item
                name={[field.name, "text", "zh"]}
                label={t("console.machineModels.stepZh", { number: index + 1 })}
              >
                <Input.TextArea autoSize maxLength={400} />
              </Form.Item>
              <Form.Item
                name={[field.name, "text", "en"]}
                label={t("console.machineModels.stepEn", { number: index + 1 })}
              >
                <Input.TextArea autoSize maxLength={400} />
              </Form.Item>
              <Form.Item className="step-picture-item" name={[field.name, "pictureKey"]}>
                <StepPicture index={index} />
              </Form.Item>
              <div className="step-field-actions">
                <Button size="small" disabled={index === 0} onClick={() => move(index, index - 1)}>
                  {t("console.machineModels.stepUp")}
                </Button>
                <Button size="small" onClick={() => remove(field.name)}>
                  {t("console.machineModels.stepRemove")}
                </Button>
              </div>
            </div>
          ))}
          <Button onClick={() => add({ text: { zh: "", en: "" }, pictureKey: null })}>
            {t("console.machineModels.stepAdd")}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}
