import "./governance.css";
import { type Department, fieldGroup } from "@hanyouxu/api";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "../../ui/use-me.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { EditDepartment } from "./edit-department.tsx";
import { useDepartments } from "./use-departments.ts";

/** Which department sees how much of each group. */
export function DepartmentsPage() {
  const { t } = useTranslation();
  const departments = useDepartments();
  const mayEdit = useMe().data?.roles.some(({ role, region }) => role === "operator" && region === null);
  const columns: TableProps<Department>["columns"] = [
    {
      key: "name",
      title: t("console.governance.departments.name"),
      render: (_, { departmentKey }) => departments.nameOf(departmentKey),
    },
    ...fieldGroup.options.map((group) => ({
      key: group,
      title: t(`console.governance.departments.groups.${group}`),
      render: (_: unknown, { rights }: Department) => (
        <span className={`level is-${rights[group]}`}>
          {t(`console.governance.departments.levels.${rights[group]}`)}
        </span>
      ),
    })),
    {
      key: "command",
      title: t("console.governance.departments.command"),
      render: (_, { mayCommand }) =>
        t(mayCommand ? "console.governance.departments.may" : "console.governance.departments.mayNot"),
    },
    ...(mayEdit
      ? [
          {
            key: "edit",
            title: t("console.governance.departments.edit"),
            render: (_: unknown, department: Department) => <EditDepartment department={department} />,
          },
        ]
      : []),
  ];
  return (
    <main className="console-page">
      <div className="page-head">
        <h1 className="page-title">{t("console.governance.departments.title")}</h1>
        <div className="page-actions">
          <Link to="/staff">{t("console.governance.staff.title")}</Link>
        </div>
      </div>
      <p className="soft">{t("console.governance.departments.lead")}</p>
      {departments.isError ? <Failure error={departments.error} onRetry={departments.refetch} /> : null}
      <WideTable<Department>
        size="middle"
        rowKey="departmentKey"
        columns={columns}
        dataSource={departments.data?.departments ?? []}
        loading={departments.isPending}
        locale={{ emptyText: t(departments.isPending ? "common.loading" : "console.list.empty") }}
        pagination={false}
      />
    </main>
  );
}
