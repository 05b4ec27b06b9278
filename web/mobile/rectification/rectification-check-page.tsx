import "./rectification.css";
import { rectificationRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Page } from "../page.tsx";
import { StatusTag } from "./status-tag.tsx";

/** For anybody who scans the code on a printed notice: whether it is real, and how it stands. */
export function RectificationCheckPage() {
  const { t } = useTranslation();
  const verificationCode = useParams().code ?? "";
  const check = useQuery({
    queryKey: ["rectification-check", verificationCode],
    queryFn: ({ signal }) =>
      api.call(rectificationRoutes.verifyRectification, { params: { verificationCode }, signal }),
  });
  const notice = check.data;
  return (
    <Page title={t("common.rectification.checkTitle")}>
      {check.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {check.isError ? (
        <p className="card" role="alert">
          {failureText(check.error)}
        </p>
      ) : null}
      {notice ? (
        <section className="card stack" data-real>
          <h2>{t("common.rectification.checkReal")}</h2>
          <p className="row">
            <strong>{notice.number}</strong>
            <StatusTag order={{ status: notice.status, isOverdue: false }} />
          </p>
          <p>{notice.regionName}</p>
          <p>
            {t("common.rectification.issued")} {dateTime(notice.issuedAt)}
          </p>
          <p>
            {t("common.rectification.due")} {dateTime(notice.dueAt)}
          </p>
        </section>
      ) : null}
    </Page>
  );
}
