import { type StatisticsQuestion, type StatisticsView, statisticsRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Form, Input, Modal, Popconfirm, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { failedItem } from "../ui/reason-dialog.tsx";

const VIEWS_KEY = ["statistics-views"];

interface Props {
  question: StatisticsQuestion;
  viewId: string | undefined;
  onOpen: (question: StatisticsQuestion, viewId?: string) => void;
}

/** Kept questions: one's own and those shared; keeping, changing and forgetting. */
export function ViewsBar({ question, viewId, onOpen }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isKeeping, setKeeping] = useState(false);
  const views = useQuery({
    queryKey: VIEWS_KEY,
    queryFn: ({ signal }) => api.call(statisticsRoutes.listStatisticsViews, { signal }),
  });
  const items = views.data?.items ?? [];
  const current = items.find(({ statisticsViewId }) => statisticsViewId === viewId);
  const forget = useMutation({
    mutationFn: (statisticsViewId: string) =>
      api.call(statisticsRoutes.deleteStatisticsView, { params: { statisticsViewId } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: VIEWS_KEY });
      onOpen(question);
    },
  });
  const nameOf = ({ name, isOwn, isShared }: StatisticsView) =>
    isOwn
      ? isShared
        ? `${name}（${t("console.statistics.sharedByMe")}）`
        : name
      : `${name}（${t("console.statistics.sharedWithMe")}）`;
  return (
    <>
      <Select
        className="filter-choice"
        aria-label={t("console.statistics.views")}
        placeholder={t("console.statistics.views")}
        loading={views.isPending}
        value={current?.statisticsViewId ?? null}
        notFoundContent={t("console.statistics.noViews")}
        options={items.map((view) => ({ value: view.statisticsViewId, label: nameOf(view) }))}
        onChange={(id: string) => {
          const view = items.find(({ statisticsViewId }) => statisticsViewId === id);
          if (view) onOpen(view.question, id);
        }}
      />
      <Button onClick={() => setKeeping(true)}>{t("console.statistics.keep")}</Button>
      {current?.isOwn ? (
        <Popconfirm
          title={t("console.statistics.forgetSure")}
          okText={t("console.statistics.forget")}
          cancelText={t("common.cancel")}
          onConfirm={() => forget.mutate(current.statisticsViewId)}
        >
          <Button danger loading={forget.isPending}>
            {t("console.statistics.forget")}
          </Button>
        </Popconfirm>
      ) : null}
      {forget.isError ? <Alert type="error" showIcon title={failureText(forget.error)} /> : null}
      <KeepDialog
        isOpen={isKeeping}
        question={question}
        current={current?.isOwn ? current : undefined}
        onClose={() => setKeeping(false)}
        onKept={async (view) => {
          setKeeping(false);
          await client.invalidateQueries({ queryKey: VIEWS_KEY });
          onOpen(view.question, view.statisticsViewId);
        }}
      />
    </>
  );
}

interface KeepProps {
  isOpen: boolean;
  question: StatisticsQuestion;
  /** One's own view that is open: kept under its own name again, it is changed. */
  current: StatisticsView | undefined;
  onClose: () => void;
  onKept: (view: StatisticsView) => Promise<void>;
}

function KeepDialog({ isOpen, question, current, onClose, onKept }: KeepProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ name: string; isShared: boolean }>();
  const keep = useMutation({
    mutationFn: (values: { name: string; isShared: boolean }) => {
      const body = { ...values, question };
      return current && values.name.trim() === current.name
        ? api.call(statisticsRoutes.changeStatisticsView, {
            params: { statisticsViewId: current.statisticsViewId },
            body,
          })
        : api.call(statisticsRoutes.keepStatisticsView, { body });
    },
    onSuccess: onKept,
  });
  const failures = fieldFailures(keep.error);
  return (
    <Modal
      open={isOpen}
      title={t("console.statistics.keep")}
      okText={t("console.statistics.keepIt")}
      cancelText={t("common.cancel")}
      okButtonProps={{ loading: keep.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
      afterOpenChange={(open) => {
        if (!open) keep.reset();
      }}
    >
      <Form
        name="statistics-view"
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ name: current?.name ?? "", isShared: current?.isShared ?? false }}
        onFinish={(values) => keep.mutate(values)}
      >
        <Form.Item name="name" label={t("console.statistics.viewName")} {...failedItem(failures.name)}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="isShared" valuePropName="checked">
          <Checkbox>{t("console.statistics.share")}</Checkbox>
        </Form.Item>
        <p>{t("console.statistics.shareLead")}</p>
        {keep.isError && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(keep.error)} />
        ) : null}
      </Form>
    </Modal>
  );
}
