import type { DeskRegion } from "@hanyouxu/api";
import { Button, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { WideTable } from "../ui/wide-table.tsx";

const TOWNSHIP_LENGTH = 9;

interface Props {
  regions: readonly DeskRegion[];
  onOpen: (code: string) => void;
}

/** Regions side by side: each figure a way to what it counts. */
export function RegionTable({ regions, onOpen }: Props) {
  const { t } = useTranslation();
  const alarms = (code: string, more = "") => `/alarms?region=${code}${more}`;
  const columns: TableProps<DeskRegion>["columns"] = [
    {
      key: "name",
      title: t("console.desk.region"),
      render: (_, { code, name }) =>
        code.length < TOWNSHIP_LENGTH ? (
          <Button type="link" size="small" onClick={() => onOpen(code)}>
            {name}
          </Button>
        ) : (
          name
        ),
    },
    {
      key: "dangers",
      title: t("console.desk.openDangers"),
      align: "right",
      sorter: (one, other) => one.openDangers - other.openDangers,
      render: (_, { code, openDangers }) => <Link to={alarms(code, "&severity=danger")}>{openDangers}</Link>,
    },
    {
      key: "alarms",
      title: t("console.desk.openAlarms"),
      align: "right",
      sorter: (one, other) => one.openAlarms - other.openAlarms,
      render: (_, { code, openAlarms }) => <Link to={alarms(code)}>{openAlarms}</Link>,
    },
    {
      key: "unacknowledged",
      title: t("console.desk.unacknowledged"),
      align: "right",
      sorter: (one, other) => one.unacknowledged - other.unacknowledged,
      render: (_, { code, unacknowledged }) => (
        <Link to={alarms(code, "&handling=unacknowledged")}>{unacknowledged}</Link>
      ),
    },
    {
      key: "overdue",
      title: t("console.desk.overdueRectifications"),
      align: "right",
      sorter: (one, other) => one.overdueRectifications - other.overdueRectifications,
      render: (_, { code, overdueRectifications }) => (
        <Link to={`/rectifications?status=issued&isOverdue=true&region=${code}`}>
          {overdueRectifications}
        </Link>
      ),
    },
    {
      key: "working",
      title: t("console.desk.working"),
      align: "right",
      sorter: (one, other) => (one.working ?? 0) - (other.working ?? 0),
      render: (_, { code, working }) =>
        working === null ? "–" : <Link to={`/sessions?isOpen=true&region=${code}`}>{working}</Link>,
    },
  ];
  return (
    <WideTable<DeskRegion>
      size="middle"
      rowKey="code"
      columns={columns}
      dataSource={regions}
      pagination={false}
      locale={{ emptyText: t("console.list.empty") }}
    />
  );
}
