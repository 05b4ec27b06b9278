import "./alarms.css";
import type { ShownAlarmKind } from "@hanyouxu/api";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { useAlarmKinds } from "../../ui/use-alarm-kinds.ts";
import { useWord } from "../../ui/use-word.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { SeverityTag } from "./alarm-words.tsx";

/** The rule of every kind of alarm, in words. */
export function AlarmKindsPage() {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const kinds = useAlarmKinds();
  const comma = t("console.alarms.comma");
  /** A word of a newer platform is shown as it is. */
  const evidenceWord = (one: string) => {
    const key = `console.alarms.evidenceOf.${one}`;
    return i18n.exists(key) ? t(key as "console.alarms.evidenceOf.telemetry") : one;
  };
  const columns: TableProps<ShownAlarmKind>["columns"] = [
    {
      key: "title",
      title: t("console.alarms.kind"),
      render: (_, { title }) => <strong>{word(title)}</strong>,
    },
    {
      key: "severity",
      title: t("console.alarms.severity"),
      render: (_, { severity }) => <SeverityTag severity={severity} />,
    },
    { key: "raises", title: t("console.alarms.raises"), render: (_, { raises }) => word(raises) },
    {
      key: "clears",
      title: t("console.alarms.clears"),
      render: (_, { clears, clearing }) => `${word(clears)}（${t(`console.alarms.clearing.${clearing}`)}）`,
    },
    {
      key: "evidence",
      title: t("console.alarms.evidence"),
      render: (_, { evidence }) => evidence.map((one) => evidenceWord(one)).join(comma),
    },
    {
      key: "told",
      title: t("console.alarms.told"),
      render: (_, { told }) => told.map((one) => t(`console.alarms.audience.${one}`)).join(comma),
    },
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it holds nothing else that the keyboard could scroll it by.
    <main className="console-page" tabIndex={0}>
      <header className="page-head">
        <h1 className="page-title">{t("console.tab.alarmKinds")}</h1>
      </header>
      <p className="soft">{t("console.alarms.kindsLead")}</p>
      {kinds.isError ? <Failure error={kinds.error} onRetry={kinds.refetch} /> : null}
      <WideTable<ShownAlarmKind>
        size="middle"
        rowKey="kind"
        {...(columns ? { columns } : {})}
        dataSource={kinds.data?.kinds ?? []}
        loading={kinds.isPending}
        pagination={false}
        scroll={{ x: 900 }}
      />
    </main>
  );
}
