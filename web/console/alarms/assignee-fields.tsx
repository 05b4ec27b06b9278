import { alarmRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { ALARMS_KEY } from "../../live/use-live.ts";
import { api } from "../../ui/api.ts";
import { useWord } from "../../ui/use-word.ts";
import { Failure } from "../ui/failure.tsx";
import { fieldFailure } from "../ui/field-failure.ts";

/** To whom an alarm goes: a department, a person, or both. */
export function AssigneeFields({ alarmId, failures }: { alarmId: string; failures: Record<string, string> }) {
  const { t } = useTranslation();
  const word = useWord();
  const assignees = useQuery({
    queryKey: [ALARMS_KEY, "assignees", alarmId],
    queryFn: ({ signal }) => api.call(alarmRoutes.listAlarmAssignees, { params: { alarmId }, signal }),
  });
  const { departments = [], people = [] } = assignees.data ?? {};
  const nameOf = (key: string | null) => {
    const found = departments.find(({ department }) => department === key);
    return found ? word(found.name) : undefined;
  };
  if (assignees.isError) return <Failure error={assignees.error} onRetry={assignees.refetch} />;
  return (
    <>
      <Form.Item
        name="department"
        label={t("console.alarms.department")}
        {...fieldFailure(failures.department)}
      >
        <Select
          allowClear
          virtual={false}
          loading={assignees.isPending}
          options={departments.map(({ department, name }) => ({ value: department, label: word(name) }))}
        />
      </Form.Item>
      <Form.Item name="personId" label={t("console.alarms.person")} {...fieldFailure(failures.personId)}>
        <Select
          allowClear
          virtual={false}
          showSearch={{ optionFilterProp: "label" }}
          loading={assignees.isPending}
          options={people.map(({ personId, name, role, region, department }) => ({
            value: personId,
            // Masked names may be the same: the end of the id tells people apart.
            label: [
              `${name} ${personId.slice(-4)}`,
              t(`common.role.${role}` as "common.role.regulator"),
              nameOf(department),
              region ?? undefined,
            ]
              .filter(Boolean)
              .join(" · "),
          }))}
        />
      </Form.Item>
    </>
  );
}
