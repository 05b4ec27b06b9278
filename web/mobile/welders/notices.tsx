import "./welders.css";
import { type Notification, notificationRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { AlarmLink } from "../alarms/alarm-link.tsx";
import { useCertificateWords } from "./use-certificate-words.ts";

/** What the platform has told this person and he has not read; nothing where there is nothing. */
export function Notices() {
  const { t } = useTranslation();
  const text = useNoticeText();
  const list = useQuery({
    queryKey: ["notifications"],
    queryFn: ({ signal }) => api.call(notificationRoutes.listNotifications, { signal }),
    refetchInterval: 15_000,
  });
  const unread = list.data?.notifications.filter(({ isRead }) => !isRead) ?? [];
  const read = useMutation({
    mutationFn: () =>
      api.call(notificationRoutes.readNotifications, {
        body: { notificationIds: unread.map(({ notificationId }) => notificationId) },
      }),
    onSettled: () => list.refetch(),
  });
  if (unread.length === 0) return list.isError ? <p role="alert">{failureText(list.error)}</p> : null;
  return (
    <section className="stack" aria-labelledby="notices-title">
      <h2 id="notices-title">{t("mobile.welders.notices.title", { count: list.data?.unread ?? 0 })}</h2>
      <ul className="item-list">
        {unread.map((notice) => (
          <li key={notice.notificationId} className="card notice" data-kind={notice.kind}>
            <p>{text(notice)}</p>
            <NoticeLink notice={notice} />
            <p className="soft small">{shortDateTime(notice.createdAt)}</p>
          </li>
        ))}
      </ul>
      {read.isError ? <p role="alert">{failureText(read.error)}</p> : null}
      <Button className="plain" block loading={read.isPending} onClick={() => read.mutate()}>
        {t("mobile.welders.notices.read")}
      </Button>
    </section>
  );
}

function useNoticeText(): (notice: Notification) => string {
  const { t, i18n } = useTranslation();
  const words = useCertificateWords();
  return ({ kind, data }) => {
    // Pieces of news of the state machine, by their name.
    if (kind === "clearance") {
      return t(`mobile.clearances.news.${String(data.what)}` as "mobile.clearances.news.scene-passed");
    }
    if (kind === "alarm") {
      const { what, titleZh, titleEn, machine, area } = data;
      return t(`mobile.welders.notices.alarm.${String(what)}` as "mobile.welders.notices.alarm.raised", {
        title: i18n.language.startsWith("zh") ? titleZh : titleEn,
        place: [machine, area].filter(Boolean).join(" · "),
      });
    }
    if (kind === "station-called") return t("mobile.stations.called");
    if (kind === "work-conflict") {
      const { what, firm, place, metres, limitMetres } = data;
      return t(`mobile.welders.notices.work-conflict.${what === "cleared" ? "cleared" : "raised"}`, {
        firm: firm ?? t("common.simultaneousWork.unnamed"),
        place,
        work: t(
          `common.simultaneousWork.kind.${String(data.work)}` as "common.simultaneousWork.kind.hot-work",
        ),
        metres,
        limit: limitMetres,
      });
    }
    const { item, day, daysLeft, reason, text, status, machine, area, minutes } = data;
    return t(`mobile.welders.notices.${kind}`, {
      item: words("certificateItem", String(item ?? "")),
      day,
      days: daysLeft,
      text: text ?? "",
      machine,
      area,
      minutes,
      reason: reason
        ? t(`common.certificates.rejection.${String(reason)}` as "common.certificates.rejection.other")
        : "",
      status: status
        ? t(`common.certificateStatus.${String(status)}` as "common.certificateStatus.valid")
        : "",
    });
  };
}

/** What a notice is about, where the person can do something about it. */
function NoticeLink({ notice: { kind, data } }: { notice: Notification }) {
  const { t } = useTranslation();
  const { clearanceId, stationCallId, what } = data;
  if (kind === "alarm") return <AlarmLink alarmId={String(data.alarmId)} />;
  if (kind === "station-called") {
    return <Link to={`/station-calls/${stationCallId}`}>{t("mobile.stations.call")}</Link>;
  }
  if (kind === "work-conflict" && data.subject === "clearance") {
    return <Link to={`/clearances/${data.subjectId}`}>{t("mobile.clearances.title")}</Link>;
  }
  if (kind === "work-conflict" && data.subject === "permit") {
    return <Link to={`/permits/${data.subjectId}`}>{t("mobile.permits.one")}</Link>;
  }
  // Reviewers judge at the desk and have no part in the clearance.
  if (kind !== "clearance" || what === "scene-waits") return null;
  return <Link to={`/clearances/${clearanceId}`}>{t("mobile.clearances.title")}</Link>;
}
