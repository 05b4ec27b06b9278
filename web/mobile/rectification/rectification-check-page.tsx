import "./rectification.css";
import { rectificationRoutes } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { PaperCheckPage } from "../paper-check-page.tsx";
import { StatusTag } from "./status-tag.tsx";

/** Of a printed notice: that it is real, and how it stands. */
export function RectificationCheckPage() {
  const { t } = useTranslation();
  return (
    <PaperCheckPage
      title={t("common.rectification.checkTitle")}
      paper="rectification"
      ask={(verificationCode, signal) =>
        api.call(rectificationRoutes.verifyRectification, { params: { verificationCode }, signal })
      }
    >
      {(notice) => (
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
      )}
    </PaperCheckPage>
  );
}
