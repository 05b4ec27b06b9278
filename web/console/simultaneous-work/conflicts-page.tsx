import { conflictKind, type WorkConflict, workConflictRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ConflictDistance } from "../../ui/found-conflicts.tsx";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";

const FOLLOW_MS = 5_000;
const OPEN = ["true", "false"] as const;

/** Conflicts of the caller's regions or firm, open ones first. */
export function ConflictsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    isOpen: list.oneOf("isOpen", OPEN),
    kind: list.oneOf("kind", conflictKind.options),
  };
  const conflicts = useQuery({
    queryKey: ["work-conflicts", query],
    queryFn: ({ signal }) => api.call(workConflictRoutes.listWorkConflicts, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const firm = (name: string | null) => name ?? t("common.simultaneousWork.unnamed");
  const columns: TableProps<WorkConflict>["columns"] = [
    {
      key: "kind",
      title: t("console.simultaneousWork.kind"),
      render: (_, { workConflictId, kind }) => (
        <Link to={`/work-conflicts/${workConflictId}`}>{t(`common.simultaneousWork.kind.${kind}`)}</Link>
      ),
    },
    {
      key: "one",
      title: t("console.simultaneousWork.hotWork"),
      render: (_, { one }) => `${firm(one.enterpriseName)} · ${one.placeName}`,
    },
    {
      key: "other",
      title: t("console.simultaneousWork.other"),
      render: (_, { other }) => `${firm(other.enterpriseName)} · ${other.placeName}`,
    },
    {
      key: "distance",
      title: t("console.simultaneousWork.distance"),
      render: (_, row) => <ConflictDistance {...row} />,
    },
    {
      key: "state",
      title: t("console.simultaneousWork.state"),
      render: (_, { clearedBecause }) => (
        <span data-state={clearedBecause ?? "open"}>
          {clearedBecause
            ? t(`console.simultaneousWork.${clearedBecause}`)
            : t("console.simultaneousWork.open")}
        </span>
      ),
    },
    {
      key: "raised",
      title: t("console.simultaneousWork.raised"),
      render: (_, { raisedAt }) => dateTime(raisedAt),
    },
    {
      key: "cleared",
      title: t("console.simultaneousWork.cleared"),
      render: (_, { clearedAt }) => (clearedAt ? dateTime(clearedAt) : "–"),
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.simultaneousWork.conflicts")}</h1>
      </header>
      <p className="soft">{t("console.simultaneousWork.conflictsLead")}</p>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="isOpen"
          label={t("console.simultaneousWork.state")}
          values={OPEN}
          wordFor={(open) =>
            t(open === "true" ? "console.simultaneousWork.open" : "console.simultaneousWork.over")
          }
        />
        <ChoiceFilter
          list={list}
          name="kind"
          label={t("console.simultaneousWork.kind")}
          values={conflictKind.options}
          wordFor={(kind) => t(`common.simultaneousWork.kind.${kind}`)}
        />
      </FilterBar>
      <ListTable list={list} query={conflicts} columns={columns} rowKey="workConflictId" />
    </main>
  );
}
