import { dutyRoutes, type SentBody } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import type { Station } from "./team-panel.tsx";

interface Props {
  station: Station;
  day: string;
  onChanged: () => unknown;
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** A shift of every week, and what differs on one day. */
export function RosterForms(props: Props) {
  return (
    <div className="duty-forms">
      <ShiftForm {...props} />
      <ExceptionForm {...props} />
    </div>
  );
}

function usePeople({ team }: Station) {
  return team.map(({ personId, name }, index) => ({ value: personId, label: `${name} #${index + 1}` }));
}

function ShiftForm({ station, day, onChanged }: Props) {
  const { t } = useTranslation();
  const people = usePeople(station);
  const add = useMutation({
    mutationFn: (body: SentBody<typeof dutyRoutes.addRosterShift>) =>
      api.call(dutyRoutes.addRosterShift, { params: { fireStationId: station.fireStationId }, body }),
    onSuccess: () => onChanged(),
  });
  const wrong = fieldFailures(add.error);
  return (
    <Form
      name="roster-shift"
      layout="vertical"
      requiredMark={false}
      initialValues={{ weekdays: [...WEEKDAYS], startsAt: "08:00", endsAt: "20:00", fromDay: day }}
      onFinish={(fields: SentBody<typeof dutyRoutes.addRosterShift>) => add.mutate(fields)}
    >
      <h3>{t("console.duty.addShift")}</h3>
      <Form.Item name="personId" label={t("console.duty.person")} {...fieldFailure(wrong.personId)}>
        <Select options={people} />
      </Form.Item>
      <Form.Item name="weekdays" label={t("console.duty.weekdays")} {...fieldFailure(wrong.weekdays)}>
        <Checkbox.Group
          options={WEEKDAYS.map((value) => ({ value, label: t(`console.duty.weekday.d${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="startsAt" label={t("console.duty.from")} {...fieldFailure(wrong.startsAt)}>
        <Input type="time" />
      </Form.Item>
      <Form.Item name="endsAt" label={t("console.duty.until")} {...fieldFailure(wrong.endsAt)}>
        <Input type="time" />
      </Form.Item>
      <Form.Item name="fromDay" label={t("console.duty.fromDay")} {...fieldFailure(wrong.fromDay)}>
        <Input type="date" />
      </Form.Item>
      {add.isError ? <Alert type="error" showIcon title={failureText(add.error)} /> : null}
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        {t("console.duty.add")}
      </Button>
    </Form>
  );
}

interface ExceptionFields {
  kind: "absent" | "extra";
  personId: string;
  day: string;
  startsAt: string;
  endsAt: string;
  reason: string;
}

function ExceptionForm({ station, day, onChanged }: Props) {
  const { t } = useTranslation();
  const people = usePeople(station);
  const [form] = Form.useForm<ExceptionFields>();
  const kind = Form.useWatch("kind", form) ?? "absent";
  const add = useMutation({
    mutationFn: (body: ExceptionFields) =>
      api.call(dutyRoutes.addRosterException, { params: { fireStationId: station.fireStationId }, body }),
    onSuccess: () => onChanged(),
  });
  const wrong = fieldFailures(add.error);
  return (
    <Form
      form={form}
      name="roster-exception"
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: "absent", day, startsAt: "08:00", endsAt: "20:00", reason: "" }}
      onFinish={(fields) => add.mutate(fields)}
    >
      <h3>{t("console.duty.addException")}</h3>
      <Form.Item name="kind" label={t("console.duty.what")}>
        <Select
          options={(["absent", "extra"] as const).map((value) => ({
            value,
            label: t(`console.duty.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="personId" label={t("console.duty.person")} {...fieldFailure(wrong.personId)}>
        <Select options={people} />
      </Form.Item>
      <Form.Item name="day" label={t("console.duty.day")} {...fieldFailure(wrong.day)}>
        <Input type="date" />
      </Form.Item>
      {kind === "extra" ? (
        <>
          <Form.Item name="startsAt" label={t("console.duty.from")} {...fieldFailure(wrong.startsAt)}>
            <Input type="time" />
          </Form.Item>
          <Form.Item name="endsAt" label={t("console.duty.until")} {...fieldFailure(wrong.endsAt)}>
            <Input type="time" />
          </Form.Item>
        </>
      ) : null}
      <Form.Item name="reason" label={t("console.duty.reason")} {...fieldFailure(wrong.reason)}>
        <Input maxLength={200} />
      </Form.Item>
      {add.isError ? <Alert type="error" showIcon title={failureText(add.error)} /> : null}
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        {t("console.duty.add")}
      </Button>
    </Form>
  );
}
