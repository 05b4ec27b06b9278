import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { fieldFailure } from "../ui/field-failure.ts";
import { WEEKDAYS } from "./weekdays.ts";

/** When the area counts, when the public is inside, and what holds on special days. */
export function TimesFields({ wrong }: { wrong: Readonly<Record<string, string>> }) {
  const { t } = useTranslation();
  const failure = (path: string) => fieldFailure(wrong[`validity.${path}`]);
  const day = (name: string, label: string, path: string) => (
    <Form.Item name={name} label={label} {...failure(path)}>
      <Input type="date" />
    </Form.Item>
  );
  return (
    <fieldset className="area-fieldset">
      <legend>{t("console.keyAreas.times.title")}</legend>
      <div className="area-row">
        {day("fromDay", t("console.keyAreas.times.from"), "from")}
        {day("untilDay", t("console.keyAreas.times.until"), "until")}
      </div>
      <Form.List name="openingHours">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div className="area-row" key={key}>
                <Form.Item
                  name={[name, "weekdays"]}
                  label={t("console.keyAreas.times.weekdays")}
                  className="is-grown"
                  {...failure(`openingHours.${name}.weekdays`)}
                >
                  <Select
                    mode="multiple"
                    options={WEEKDAYS.map((word, index) => ({
                      value: index + 1,
                      label: t(`console.keyAreas.times.day.${word}`),
                    }))}
                  />
                </Form.Item>
                <Form.Item
                  name={[name, "opensAt"]}
                  label={t("console.keyAreas.times.opensAt")}
                  {...failure(`openingHours.${name}.opensAt`)}
                >
                  <Input type="time" />
                </Form.Item>
                <Form.Item
                  name={[name, "closesAt"]}
                  label={t("console.keyAreas.times.closesAt")}
                  {...failure(`openingHours.${name}.closesAt`)}
                >
                  <Input type="time" />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t("console.keyAreas.remove")}</Button>
              </div>
            ))}
            <Button
              onClick={() => add({ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: "08:00", closesAt: "22:00" })}
            >
              {t("console.keyAreas.times.addHours")}
            </Button>
          </>
        )}
      </Form.List>
      <Form.List name="specialPeriods">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div className="area-row" key={key}>
                <Form.Item
                  name={[name, "name"]}
                  label={t("console.keyAreas.times.periodName")}
                  className="is-grown"
                  {...failure(`specialPeriods.${name}.name`)}
                >
                  <Input maxLength={50} />
                </Form.Item>
                <Form.Item
                  name={[name, "fromDay"]}
                  label={t("console.keyAreas.times.firstDay")}
                  {...failure(`specialPeriods.${name}.fromDay`)}
                >
                  <Input type="date" />
                </Form.Item>
                <Form.Item
                  name={[name, "untilDay"]}
                  label={t("console.keyAreas.times.lastDay")}
                  {...failure(`specialPeriods.${name}.untilDay`)}
                >
                  <Input type="date" />
                </Form.Item>
                <Form.Item name={[name, "rule"]} label={t("console.keyAreas.times.rule")}>
                  <Select
                    options={(["forbidden", "closed"] as const).map((value) => ({
                      value,
                      label: t(`console.keyAreas.times.rules.${value}`),
                    }))}
                  />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t("console.keyAreas.remove")}</Button>
              </div>
            ))}
            <Button onClick={() => add({ name: "", fromDay: "", untilDay: "", rule: "forbidden" })}>
              {t("console.keyAreas.times.addPeriod")}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
