import { personalDataRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, DatePicker, Form, Input, Modal } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { startOfDay, today } from "../ui/days.ts";
import { fieldFailure } from "../ui/field-failure.ts";

interface Words {
  zh: string;
  en: string;
}
interface Wish {
  kind: string;
  title: Words;
  body: Words;
  changes: Words;
  day: Dayjs;
}

const PARTS = ["title", "body", "changes"] as const;
const MOST = { title: 100, body: 20_000, changes: 2_000 };

/** The next version of a text, for good: whoever agreed to an older one is asked again and told what has changed. */
export function NewText({ onMade }: { onMade: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<Wish>();
  const publish = useMutation({
    mutationFn: ({ day, changes, ...wish }: Wish) =>
      api.call(personalDataRoutes.publishConsentText, {
        body: {
          ...wish,
          ...(changes.zh || changes.en ? { changes } : {}),
          effectiveFrom: startOfDay(day.format("YYYY-MM-DD")),
        },
      }),
    async onSuccess() {
      setIsOpen(false);
      await onMade();
    },
  });
  const failures = fieldFailures(publish.error);
  const failed = (name: string) => fieldFailure(failures[name]);
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          publish.reset();
          form.resetFields();
          setIsOpen(true);
        }}
      >
        {t("console.sharing.text.publish")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.sharing.text.publish")}
        okText={t("console.sharing.text.publish")}
        cancelText={t("common.cancel")}
        okButtonProps={{ loading: publish.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        width={720}
        forceRender
      >
        <p className="soft">{t("console.sharing.text.publishLead")}</p>
        <Form<Wish>
          name="new-text"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{
            kind: "privacy",
            day: dayjs(today()),
            ...Object.fromEntries(PARTS.map((part) => [part, { zh: "", en: "" }])),
          }}
          onFinish={(wish) => publish.mutate(wish)}
        >
          <Form.Item name="kind" label={t("console.sharing.text.kind")} {...failed("kind")}>
            <Input maxLength={40} />
          </Form.Item>
          {PARTS.flatMap((part) =>
            (["zh", "en"] as const).map((language) => (
              <Form.Item
                key={`${part}-${language}`}
                name={[part, language]}
                label={`${t(`console.sharing.text.${part}`)} (${t(`console.sharing.language.${language}`)})`}
                {...failed(`${part}.${language}`)}
              >
                {part === "title" ? (
                  <Input maxLength={MOST[part]} />
                ) : (
                  <Input.TextArea rows={part === "body" ? 5 : 2} maxLength={MOST[part]} />
                )}
              </Form.Item>
            )),
          )}
          <Form.Item name="day" label={t("console.sharing.text.from")} {...failed("effectiveFrom")}>
            <DatePicker allowClear={false} />
          </Form.Item>
        </Form>
        {publish.isError && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(publish.error)} />
        ) : null}
      </Modal>
    </>
  );
}
