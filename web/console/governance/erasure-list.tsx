import { type ErasureRequest, erasureStatus, personalDataRoutes } from "@hanyouxu/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import type { ListState } from "../ui/use-list-state.ts";
import { ReasonButton } from "./reason-button.tsx";

export function ErasureList({ list }: { list: ListState }) {
  const { t, i18n } = useTranslation();
  const { modal } = App.useApp();
  const cache = useQueryClient();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    status: list.oneOf("status", erasureStatus.options),
  };
  const requests = useQuery({
    queryKey: ["erasure-requests", query],
    queryFn: ({ signal }) => api.call(personalDataRoutes.listErasureRequests, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const decide = (erasureRequestId: string, decision: "approve" | "refuse") => async (reason: string) => {
    const params = { erasureRequestId };
    await api.call(personalDataRoutes.decideErasure, { params, body: { decision, reason } });
    await cache.invalidateQueries({ queryKey: ["erasure-requests"] });
  };
  const unmask = (personId: string) => async (reason: string) => {
    const fields = ["name", "phone"] as const;
    const body = { fields: [...fields], reason };
    const shown = await api.call(personalDataRoutes.unmaskPerson, { params: { personId }, body });
    modal.info({ title: shown.name ?? "–", content: shown.phone ?? "–", okText: t("common.close") });
  };
  const kept = ({ kept: parts }: ErasureRequest) =>
    parts.map(({ part, until, basis, isVerified }) => (
      <p key={part}>
        {t(`console.sharing.part.${part}`)} · {t("console.sharing.erasure.until", { at: dateTime(until) })}
        <br />
        <span className="soft small">
          {i18n.language === "en" ? basis.en : basis.zh}
          {isVerified ? "" : ` (${t("common.reason.unverified")})`}
        </span>
      </p>
    ));
  const columns: TableProps<ErasureRequest>["columns"] = [
    { key: "name", title: t("console.sharing.erasure.person"), dataIndex: "name" },
    { key: "region", title: t("console.sharing.client.region"), dataIndex: "regionName" },
    { key: "at", title: t("console.sharing.erasure.at"), render: (_, row) => dateTime(row.requestedAt) },
    {
      key: "status",
      title: t("console.sharing.client.state"),
      render: (_, { status }) => t(`console.sharing.erasureStatus.${status}`),
    },
    { key: "kept", title: t("console.sharing.erasure.kept"), render: (_, row) => kept(row) },
    { key: "reason", title: t("console.command.reason"), dataIndex: "reason" },
    {
      key: "act",
      title: t("common.table.actions"),
      render: (_, { erasureRequestId, personId, status }) =>
        status === "requested" ? (
          <>
            <ReasonButton
              word={t("console.sharing.erasure.unmask")}
              lead={t("console.sharing.erasure.unmaskLead")}
              onReason={unmask(personId)}
            />{" "}
            <ReasonButton
              word={t("console.sharing.erasure.approve")}
              lead={t("console.sharing.erasure.approveLead")}
              isDanger
              onReason={decide(erasureRequestId, "approve")}
            />{" "}
            <ReasonButton
              word={t("console.sharing.erasure.refuse")}
              lead={t("console.sharing.erasure.refuseLead")}
              onReason={decide(erasureRequestId, "refuse")}
            />
          </>
        ) : null,
    },
  ];
  return (
    <>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.sharing.client.state")}
          values={erasureStatus.options}
          wordFor={(status) => t(`console.sharing.erasureStatus.${status}`)}
        />
      </FilterBar>
      <ListTable list={list} query={requests} columns={columns} rowKey="erasureRequestId" />
    </>
  );
}
