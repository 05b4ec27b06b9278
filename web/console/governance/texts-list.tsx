import { personalDataRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ListTable } from "../ui/list-table.tsx";
import type { ListState } from "../ui/use-list-state.ts";

/** Every text that people were asked to agree to; a published one never changes. */
export function TextsList({ list }: { list: ListState }) {
  const { t, i18n } = useTranslation();
  const query = { page: list.page, pageSize: list.pageSize };
  const texts = useQuery({
    queryKey: ["consent-texts", query],
    queryFn: ({ signal }) => api.call(personalDataRoutes.listConsentTexts, { query, signal }),
    placeholderData: (previous) => previous,
  });
  return (
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
        { key: "consents", title: t("console.sharing.text.consents"), dataIndex: "consents" },
        { key: "sha256", title: "SHA-256", dataIndex: "sha256", className: "code" },
      ]}
    />
  );
}
