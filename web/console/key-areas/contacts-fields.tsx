import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { fieldFailure } from "../ui/field-failure.ts";

interface Props {
  /** Masked; what stays unless others are entered. */
  kept: readonly { name: string; phone: string }[];
  wrong: Readonly<Record<string, string>>;
}

/** Whom to call. Those that are kept are not shown in full here; new ones take their place. */
export function ContactsFields({ kept, wrong }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className="area-fieldset">
      <legend>{t("console.keyAreas.contacts")}</legend>
      {kept.length > 0 ? (
        <p className="soft small">
          {t("console.keyAreas.contactsKept", {
            contacts: kept.map(({ name, phone }) => `${name} ${phone}`).join("、"),
          })}
        </p>
      ) : null}
      <Form.List name="contacts">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div className="area-row" key={key}>
                <Form.Item
                  name={[name, "name"]}
                  label={t("console.keyAreas.contactName")}
                  {...fieldFailure(wrong[`contacts.${name}.name`])}
                >
                  <Input maxLength={50} />
                </Form.Item>
                <Form.Item
                  name={[name, "phone"]}
                  label={t("console.keyAreas.contactPhone")}
                  {...fieldFailure(wrong[`contacts.${name}.phone`])}
                >
                  <Input maxLength={20} />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t("console.keyAreas.remove")}</Button>
              </div>
            ))}
            {rows.length < 5 ? (
              <Button onClick={() => add({ name: "", phone: "" })}>{t("console.keyAreas.addContact")}</Button>
            ) : null}
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
