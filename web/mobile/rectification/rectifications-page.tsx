import "./rectification.css";
import { rectificationRoutes } from "@hanyouxu/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { MoreButton } from "../history/more-button.tsx";
import { usePages } from "../history/use-pages.ts";
import { Choice } from "../machine/choice.tsx";
import { Page } from "../page.tsx";
import { StatusTag } from "./status-tag.tsx";

const FOLLOW_MS = 15_000;

/** Orders to rectify of the firms that the person is an officer of. */
export function RectificationsPage() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(true);
  const { pages, items } = usePages(
    ["rectifications", isOpen],
    (page, pageSize, signal) =>
      api.call(rectificationRoutes.listRectifications, {
        query: { page, pageSize, isOwn: "true", ...(isOpen ? { isOpen: "true" } : {}) },
        signal,
      }),
    FOLLOW_MS,
  );
  return (
    <Page title={t("common.rectification.title")} backTo="/me">
      <fieldset className="switch">
        <legend className="visually-hidden">{t("mobile.rectification.which")}</legend>
        {([true, false] as const).map((open) => (
          <Choice
            key={String(open)}
            name="which"
            words={t(open ? "mobile.rectification.open" : "mobile.rectification.all")}
            isChosen={isOpen === open}
            onChoose={() => setIsOpen(open)}
          />
        ))}
      </fieldset>
      {items?.length === 0 ? <p className="card">{t("mobile.rectification.none")}</p> : null}
      {items?.map((order) => (
        <Link
          key={order.rectificationId}
          className="item-link"
          to={`/rectifications/${order.rectificationId}`}
          data-order={order.rectificationId}
        >
          <span className="row">
            <strong>{order.title}</strong>
            <StatusTag order={order} />
          </span>
          <span className="soft">
            {order.enterpriseName} · {t("common.rectification.due")} {dateTime(order.dueAt).slice(0, 16)}
          </span>
        </Link>
      ))}
      <MoreButton pages={pages} />
    </Page>
  );
}
