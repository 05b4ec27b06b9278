import "./governance.css";
import { type StaffAccount, staffAccountRoutes, staffRole } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, type TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { CreateStaff } from "./create-staff.tsx";
import { GrantText } from "./grant-text.tsx";
import { StaffDrawer } from "./staff-drawer.tsx";
import { useDepartments } from "./use-departments.ts";

const STATUSES = ["active", "invited", "deactivated"] as const;
const SORTS = ["username", "-username", "region", "-region"] as const;

/** The staff accounts of the caller's regions. */
export function StaffPage() {
  const { t } = useTranslation();
  const list = useListState();
  const departments = useDepartments();
  const keys = departments.data?.departments.map(({ departmentKey }) => departmentKey) ?? [];
  const [managed, setManaged] = useState<string>();
  const sort = list.oneOf("sort", SORTS);
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    text: list.text("text"),
    role: list.oneOf("role", staffRole.options),
    status: list.oneOf("status", STATUSES),
    department: list.text("department"),
    sort,
  };
  const staff = useQuery({
    queryKey: ["staff", query],
    queryFn: ({ signal }) => api.call(staffAccountRoutes.listStaff, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const orderOf = (field: string) => (sort === field ? "ascend" : sort === `-${field}` ? "descend" : null);
  const columns: TableProps<StaffAccount>["columns"] = [
    {
      key: "username",
      title: t("console.governance.staff.username"),
      dataIndex: "username",
      sorter: true,
      sortOrder: orderOf("username"),
    },
    { key: "name", title: t("console.governance.staff.name"), dataIndex: "name" },
    {
      key: "region",
      title: t("console.governance.staff.region"),
      sorter: true,
      sortOrder: orderOf("region"),
      render: (_, { regionName }) => regionName ?? t("console.governance.staff.wholePlatform"),
    },
    {
      key: "roles",
      title: t("console.governance.staff.roles"),
      render: (_, { grants }) =>
        grants.length === 0 ? (
          <span className="soft">{t("console.governance.staff.noRoles")}</span>
        ) : (
          grants.map((grant) => (
            <div key={grant.roleGrantId}>
              <GrantText grant={grant} />
            </div>
          ))
        ),
    },
    {
      key: "status",
      title: t("console.governance.staff.status"),
      render: (_, { status }) => (
        <span className={`staff-status is-${status}`}>
          {t(`console.governance.staff.statuses.${status}`)}
        </span>
      ),
    },
    {
      key: "lastSignIn",
      title: t("console.governance.staff.lastSignIn"),
      render: (_, { lastSignInAt }) =>
        lastSignInAt ? dateTime(lastSignInAt) : t("console.governance.staff.never"),
    },
    {
      key: "manage",
      title: t("console.governance.staff.manage"),
      render: (_, { personId, username }) => (
        <Button
          size="small"
          aria-label={`${t("console.governance.staff.manage")} ${username}`}
          onClick={() => setManaged(personId)}
        >
          {t("console.governance.staff.manage")}
        </Button>
      ),
    },
  ];
  return (
    <main className="console-page">
      <div className="page-head">
        <h1 className="page-title">{t("console.governance.staff.title")}</h1>
        <div className="page-actions">
          <Link className="page-link" to="/staff/departments">
            {t("console.governance.staff.departments")}
          </Link>
          <CreateStaff />
        </div>
      </div>
      <p className="soft">{t("console.governance.staff.lead")}</p>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.governance.staff.search")} />
        <ChoiceFilter
          list={list}
          name="role"
          label={t("console.governance.staff.role")}
          values={staffRole.options}
          wordFor={(role) => t(`common.role.${role}`)}
        />
        <ChoiceFilter
          list={list}
          name="department"
          label={t("console.governance.staff.department")}
          values={keys}
          wordFor={(key) => departments.nameOf(key) ?? key}
        />
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.governance.staff.status")}
          values={STATUSES}
          wordFor={(status) => t(`console.governance.staff.statuses.${status}`)}
        />
      </FilterBar>
      <ListTable
        list={list}
        query={staff}
        columns={columns}
        rowKey="personId"
        onSort={(field, descending) =>
          list.set({ sort: field ? `${descending ? "-" : ""}${field}` : undefined })
        }
      />
      {managed ? <StaffDrawer personId={managed} onClose={() => setManaged(undefined)} /> : null}
    </main>
  );
}
