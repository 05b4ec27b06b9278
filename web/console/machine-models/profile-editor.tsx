import {
  type AdaptationProfile,
  machineModelRoutes,
  type ProfileContent,
  plugKind,
  relayPosition,
} from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { StepFields } from "./step-fields.tsx";

type Values = ProfileContent & { reason: string };

/** Changes a profile: every change is a version of its own with its reason. What was proven has to be proven again. */
export function ProfileEditor({ profile, onClose }: { profile: AdaptationProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { profileKey, version, content } = profile;
  const save = useMutation({
    mutationFn: ({ reason, ...changed }: Values) =>
      api.call(machineModelRoutes.saveProfile, {
        params: { profileKey },
        body: {
          basedOnVersion: version,
          content: { ...content, ...changed },
          proof: { kind: "desk" },
          reason,
        },
      }),
    onSuccess: () => {
      onClose();
      void message.success(t("console.machineModels.saved"));
      for (const key of ["model", "models", "model-coverage", "profiles", "profile"])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
  const failures = Object.entries(fieldFailures(save.error));
  return (
    <Drawer
      open
      size="large"
      title={t("console.machineModels.edit")}
      onClose={onClose}
      footer={
        <div className="drawer-actions">
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="primary" htmlType="submit" form="profile" loading={save.isPending}>
            {t("console.machineModels.save")}
          </Button>
        </div>
      }
    >
      <Form<Values>
        name="profile"
        layout="vertical"
        requiredMark={false}
        initialValues={{ ...content, reason: "" }}
        onFinish={(values) => save.mutate(values)}
      >
        {profile.proof.kind === "proven" ? (
          <Alert type="warning" showIcon title={t("console.machineModels.proofLost")} />
        ) : null}
        <Form.Item name={["title", "zh"]} label={t("console.machineModels.titleZh")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name={["title", "en"]} label={t("console.machineModels.titleEn")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item
          name="patterns"
          label={t("console.machineModels.patterns")}
          extra={t("console.machineModels.patternsHint")}
        >
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[" ", ",", "，"]} />
        </Form.Item>
        <Form.Item name="mostRatedAmps" label={t("console.machineModels.mostRated")}>
          <InputNumber min={10} max={10_000} suffix="A" />
        </Form.Item>
        <Form.Item name="relayPosition" label={t("console.machineModels.relayPosition")}>
          <Select
            options={relayPosition.options.map((value) => ({
              value,
              label: t(`console.machineModels.relay.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name={["relayType", "zh"]} label={t("console.machineModels.relayTypeZh")}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name={["relayType", "en"]} label={t("console.machineModels.relayTypeEn")}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="mostSwitchedAmps" label={t("console.machineModels.mostSwitched")}>
          <InputNumber min={0.01} max={1_000} suffix="A" />
        </Form.Item>
        <Form.Item name="plug" label={t("console.machineModels.plugTitle")}>
          <Select
            options={plugKind.options.map((value) => ({
              value,
              label: t(`console.machineModels.plug.${value}`),
            }))}
          />
        </Form.Item>
        <StepFields />
        <Form.Item name="reason" label={t("console.command.reason")} extra={t("console.command.reasonHint")}>
          <Input.TextArea rows={2} maxLength={200} />
        </Form.Item>
      </Form>
      {save.isError ? (
        <Alert
          type="error"
          showIcon
          title={failureText(save.error)}
          description={failures.map(([field, failure]) => <p key={field}>{failure}</p>)}
        />
      ) : null}
    </Drawer>
  );
}
