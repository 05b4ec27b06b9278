import { messageRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { useMessageNews } from "./use-message-news.ts";

/** While the platform cannot say by itself that there is something new. */
const FOLLOW_MS = 15_000;

/** The way to the messages, with how many are not opened. */
export function MessagesLink() {
  const { t } = useTranslation();
  const isHeard = useMessageNews();
  const query = { page: 1, pageSize: 1 };
  const latest = useQuery({
    queryKey: ["messages", "unopened"],
    queryFn: ({ signal }) => api.call(messageRoutes.listMessages, { query, signal }),
    refetchInterval: isHeard ? false : FOLLOW_MS,
  });
  const count = latest.data?.unopened ?? 0;
  return (
    <Link className="item-link" to="/messages">
      <strong>{t("mobile.messages.title")}</strong>
      {count > 0 ? <span className="notice-warn">{t("mobile.messages.unopened", { count })}</span> : null}
    </Link>
  );
}
