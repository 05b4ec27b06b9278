import { personalDataRoutes } from "@hanyouxu/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Typography } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useMe } from "../../ui/use-me.ts";
import { FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import type { ListState } from "../ui/use-list-state.ts";
import { NewText } from "./new-text.tsx";

/** Every text that people were asked to agree to; a published one never changes. */
export function TextsList({ list }: { list: ListState }) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  // A text speaks for the whole platform.
  const mayPublish = useMe().data?.roles.some(({ role }) => role === "operator") ?? false;
  const query = { page: list.page, pageSize: list.pageSize };
  const texts = useQuery({
    queryKey: ["consent-texts", query],
    queryFn: ({ signal }) => api.call(personalDataRoutes.listConsentTexts, { query, signal }),
    placeholderData: (previous) => previous,
  });
  return (
    <>
      {mayPublish ? (
        <FilterBar list={list}>
          <NewText onMade={() => cache.invalidateQueries({ queryKey: ["consent-texts"] })} />
        </FilterBar>
      ) : null}
      <ListTable
        list={list}
        query={texts}
        rowKey="consentTextId"
        columns={[
          { key: "kind", title: t("console.sharing.text.kind"), dataIndex: "kind" },
          { key: "version", title: t("console.sharing.text.version"), dataIndex: "version" },
          {
            key: "title",
            title: t("console.sharing.text.title"),
            render: (_, { title }) => (i18n.language === "en" ? title.en : title.zh),
          },
          {
            key: "from",
            title: t("console.sharing.text.from"),
            render: (_, { effectiveFrom }) => dateTime(effectiveFrom),
          },
          {
            key: "changes",
            title: t("console.sharing.text.changes"),
            render: (_, { changes }) => (
              <p className="client-reads">{(i18n.language === "en" ? changes?.en : changes?.zh) ?? "–"}</p>
            ),
          },
          { key: "consents", title: t("console.sharing.text.consents"), dataIndex: "consents" },
          {
            key: "sha256",
            title: "SHA-256",
            render: (_, { sha256 }) => (
              <Typography.Text className="code" copyable={{ text: sha256 }}>
                {sha256.slice(0, 12)}…
              </Typography.Text>
            ),
          },
        ]}
      />
    </>
  );
}
