import { type Language, type ReportSchedule, statisticsReportRoutes, statisticsRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { failedItem } from "../ui/reason-dialog.tsx";
import { SCHEDULES_KEY } from "./report-keys.ts";

interface Values {
  name: string;
  region: string;
  /** A view; `standard`, or `as-it-is`: the question that the report has. */
  content: string;
  language: Language;
  dayOfMonth: number;
  recipientIds: string[];
}

interface Props {
  /** What is changed; undefined: a new one. */
  schedule: ReportSchedule | undefined;
  onClose: () => void;
}

/** Sets up a monthly report, or changes one. Mounted anew each time: a form keeps the values that it began with. */
export function ReportDialog({ schedule, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [form] = Form.useForm<Values>();
  const views = useQuery({
    queryKey: ["statistics-views"],
    queryFn: ({ signal }) => api.call(statisticsRoutes.listStatisticsViews, { signal }),
  });
  const readers = useQuery({
    queryKey: ["report-readers", schedule?.region],
    queryFn: ({ signal }) =>
      api.call(statisticsReportRoutes.listReportReaders, {
        query: schedule?.region ? { region: schedule.region } : {},
        signal,
      }),
    retry: false,
  });
  const questionOf = (content: string) =>
    content === "as-it-is"
      ? schedule?.question
      : views.data?.items.find(({ statisticsViewId }) => statisticsViewId === content)?.question;
  const save = useMutation({
    mutationFn: ({ content, region, ...rest }: Values) => {
      const question = questionOf(content);
      const body = {
        ...rest,
        ...(region.trim() ? { region: region.trim() } : {}),
        ...(question ? { question } : {}),
      };
      return schedule
        ? api.call(statisticsReportRoutes.changeReportSchedule, {
            params: { reportScheduleId: schedule.reportScheduleId },
            body,
          })
        : api.call(statisticsReportRoutes.createReportSchedule, { body });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: SCHEDULES_KEY });
      onClose();
    },
  });
  const failures = fieldFailures(save.error);
  const contents = [
    { value: "standard", label: t("console.statistics.report.standard") },
    ...(schedule?.question ? [{ value: "as-it-is", label: schedule.name }] : []),
    ...(views.data?.items ?? []).map(({ statisticsViewId, name }) => ({
      value: statisticsViewId,
      label: name,
    })),
  ];
  return (
    <Modal
      open
      title={t(schedule ? "console.statistics.report.change" : "console.statistics.report.add")}
      okText={t("console.statistics.report.save")}
      cancelText={t("common.cancel")}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Values>
        name="report-schedule"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          name: schedule?.name ?? "",
          region: schedule?.region ?? "",
          content: schedule?.question ? "as-it-is" : "standard",
          language: schedule?.language ?? (i18n.language === "en" ? "en" : "zh-CN"),
          dayOfMonth: schedule?.dayOfMonth ?? 1,
          recipientIds: schedule?.recipients.map(({ personId }) => personId) ?? [],
        }}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item name="name" label={t("console.statistics.report.name")} {...failedItem(failures.name)}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="region"
          label={t("console.statistics.report.region")}
          extra={t("console.statistics.report.regionHint")}
          {...failedItem(failures.region)}
        >
          <Input inputMode="numeric" maxLength={9} />
        </Form.Item>
        <Form.Item
          name="content"
          label={t("console.statistics.report.content")}
          {...failedItem(failures.question)}
        >
          <Select options={contents} loading={views.isPending} />
        </Form.Item>
        <Form.Item
          name="dayOfMonth"
          label={t("console.statistics.report.dayOfMonth")}
          {...failedItem(failures.dayOfMonth)}
        >
          <InputNumber min={1} max={28} precision={0} />
        </Form.Item>
        <Form.Item name="language" label={t("console.statistics.report.language")}>
          <Select
            options={[
              { value: "zh-CN", label: "简体中文" },
              { value: "en", label: "English" },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="recipientIds"
          label={t("console.statistics.report.recipients")}
          {...failedItem(failures.recipientIds)}
        >
          <Select
            mode="multiple"
            optionFilterProp="label"
            placeholder={t("console.statistics.report.nobodyElse")}
            options={(readers.data?.people ?? []).map(({ personId, name }) => ({
              value: personId,
              label: name,
            }))}
          />
        </Form.Item>
        {save.isError && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(save.error)} />
        ) : null}
      </Form>
    </Modal>
  );
}
