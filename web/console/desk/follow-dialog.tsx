import {
  type FigureCondition,
  figureCondition,
  figureSubscriptionRoutes,
  type StatisticsMeasure,
  type StatisticsMeasureInfo,
} from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { useIndustryOptions } from "../../ui/use-industry-options.ts";
import { useWord } from "../../ui/use-word.ts";
import { failedItem } from "../ui/reason-dialog.tsx";

export const FOLLOWED_KEY = ["figure-subscriptions"];

interface Values {
  measure: StatisticsMeasure;
  region: string;
  industry?: string;
  condition: FigureCondition;
  threshold: number;
}

interface Props {
  isOpen: boolean;
  measures: readonly StatisticsMeasureInfo[];
  onClose: () => void;
}

/** Which figure somebody wants to be told of, and when. */
export function FollowDialog({ isOpen, measures, onClose }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const client = useQueryClient();
  const [form] = Form.useForm<Values>();
  const measure = Form.useWatch("measure", form);
  const condition = Form.useWatch("condition", form);
  const info = measures.find((one) => one.measure === measure);
  // Statistics know divisions, two digits after their section.
  const industries = useIndustryOptions("")
    .flatMap(({ options }) => options)
    .filter(({ value }) => value.length > 1);
  const save = useMutation({
    mutationFn: ({ region, industry, ...rest }: Values) =>
      api.call(figureSubscriptionRoutes.subscribeToFigure, {
        body: {
          ...rest,
          ...(region.trim() ? { region: region.trim() } : {}),
          ...(industry && info?.dimensions.includes("industry") ? { industry } : {}),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: FOLLOWED_KEY });
      onClose();
    },
  });
  const failures = fieldFailures(save.error);
  const unit =
    info?.unit === "percent" ? (condition === "changed" ? "pp" : "%") : condition === "changed" ? "%" : "";
  return (
    <Modal
      open={isOpen}
      title={t("console.desk.follow.add")}
      okText={t("console.desk.follow.save")}
      cancelText={t("common.cancel")}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
      afterOpenChange={(open) => {
        if (!open) save.reset();
      }}
    >
      <Form<Values>
        name="follow-figure"
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ measure: measures[0]?.measure, region: "", condition: "above", threshold: 10 }}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item name="measure" label={t("console.desk.follow.measure")} {...failedItem(failures.measure)}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={measures.map(({ measure: value, title }) => ({ value, label: word(title) }))}
          />
        </Form.Item>
        <Form.Item
          name="region"
          label={t("console.desk.region")}
          extra={t("console.statistics.report.regionHint")}
          {...failedItem(failures.region)}
        >
          <Input inputMode="numeric" maxLength={9} />
        </Form.Item>
        {info?.dimensions.includes("industry") ? (
          <Form.Item
            name="industry"
            label={t("console.desk.follow.industry")}
            {...failedItem(failures.industry)}
          >
            <Select
              allowClear
              showSearch={{ optionFilterProp: "label" }}
              placeholder={t("console.desk.follow.anyIndustry")}
              options={industries}
            />
          </Form.Item>
        ) : null}
        <Form.Item name="condition" label={t("console.desk.follow.when")}>
          <Select
            options={figureCondition.options.map((value) => ({
              value,
              label: t(`console.desk.follow.condition.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="threshold"
          label={t("console.desk.follow.threshold")}
          {...failedItem(failures.threshold)}
        >
          <InputNumber suffix={unit} />
        </Form.Item>
        <p>{t("console.desk.follow.lead")}</p>
        {save.isError && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(save.error)} />
        ) : null}
      </Form>
    </Modal>
  );
}
