import { staffRole } from "@hanyouxu/api";
import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { fieldFailure } from "../ui/field-failure.ts";
import { useDepartments } from "./use-departments.ts";

/** What the form of a role holds; empty means none. */
export interface GrantEntry {
  role: (typeof staffRole.options)[number];
  region: string;
  department?: string;
}

/** The fields as the API takes them. */
export function grantOf({ role, region, department }: GrantEntry) {
  return { role, region: region.trim() || null, department: department ?? null };
}

/** Role, region and department of a role that is to be given. @param failures what the server says about each field */
export function GrantFields({ failures }: { failures: Record<string, string> }) {
  const { t, i18n } = useTranslation();
  const departments = useDepartments();
  const help = (name: string) => fieldFailure(failures[name]);
  return (
    <>
      <Form.Item
        name="role"
        label={t("console.governance.staff.role")}
        initialValue="station-staff"
        {...help("role")}
      >
        <Select options={staffRole.options.map((value) => ({ value, label: t(`common.role.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="region"
        label={t("console.governance.staff.regionCode")}
        extra={t("console.governance.staff.regionHint")}
        initialValue=""
        {...help("region")}
      >
        <Input inputMode="numeric" maxLength={9} />
      </Form.Item>
      <Form.Item name="department" label={t("console.governance.staff.department")} {...help("department")}>
        <Select
          allowClear
          placeholder={t("console.governance.staff.noDepartment")}
          options={(departments.data?.departments ?? []).map(({ departmentKey, name }) => ({
            value: departmentKey,
            label: i18n.language === "en" ? name.en : name.zh,
          }))}
        />
      </Form.Item>
    </>
  );
}
