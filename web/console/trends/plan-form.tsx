import { ApiError, type SentBody, type trendRoutes } from "@hanyouxu/api";
import { Alert, Button, Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { failureText } from "../../ui/api.ts";
import { fieldFailure } from "../ui/field-failure.ts";

export type PlanWish = SentBody<typeof trendRoutes.createInspectionPlan>;
type Means = Omit<PlanWish, "region">;

const FIELDS = ["staff", "days", "hoursADay", "hoursAVisit", "hoursToRegion", "hoursBetween"] as const;
const BEGINNING: Means = {
  staff: 2,
  days: 3,
  hoursADay: 7,
  hoursAVisit: 1.5,
  hoursToRegion: 1,
  hoursBetween: 0.5,
};

/** How many people there are, for how long, and what a visit costs them. */
export function PlanForm({
  error,
  isPlanning,
  onPlan,
}: {
  error: Error | null;
  isPlanning: boolean;
  onPlan: (means: Means) => void;
}) {
  const { t } = useTranslation();
  const failures: Record<string, string | undefined> = Object.fromEntries(
    error instanceof ApiError
      ? error.fields.map(({ path, message }) => [path.replace(/^body\./, ""), message])
      : [],
  );
  return (
    <>
      <Form<Means>
        name="inspection-plan"
        layout="vertical"
        requiredMark={false}
        className="trend-form"
        initialValues={BEGINNING}
        onFinish={onPlan}
      >
        {FIELDS.map((name) => (
          <Form.Item
            key={name}
            name={name}
            label={t(`console.trends.means.${name}`)}
            {...fieldFailure(failures[name])}
          >
            <InputNumber />
          </Form.Item>
        ))}
        <Form.Item label=" " colon={false}>
          <Button type="primary" htmlType="submit" loading={isPlanning}>
            {t("console.trends.plan")}
          </Button>
        </Form.Item>
      </Form>
      {error && Object.keys(failures).length === 0 ? (
        <Alert type="error" showIcon title={failureText(error)} />
      ) : null}
    </>
  );
}
