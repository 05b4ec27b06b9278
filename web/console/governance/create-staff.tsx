import { type StaffInvitation, staffAccountRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import { type GrantEntry, GrantFields, grantOf } from "./grant-fields.tsx";
import { InvitationLink } from "./invitation-link.tsx";

interface Entry extends GrantEntry {
  username: string;
  name: string;
}

/** A new account: who, with which role and where; the answer is the invitation, which is shown once. */
export function CreateStaff() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [invitation, setInvitation] = useState<StaffInvitation>();
  const [form] = Form.useForm<Entry>();
  const create = useMutation({
    mutationFn: ({ username, name, ...grant }: Entry) =>
      api.call(staffAccountRoutes.createStaff, { body: { username, name, ...grantOf(grant) } }),
    onSuccess: (issued) => {
      setInvitation(issued);
      setIsOpen(false);
      void client.invalidateQueries({ queryKey: ["staff"] });
    },
  });
  const failures = fieldFailures(create.error);
  const help = (name: string) => fieldFailure(failures[name]);
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          create.reset();
          form.resetFields();
          setIsOpen(true);
        }}
      >
        {t("console.governance.staff.create")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.governance.staff.create")}
        okText={t("console.governance.staff.submit")}
        cancelText={t("common.cancel")}
        okButtonProps={{ loading: create.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        forceRender
      >
        <p className="soft create-lead">{t("console.governance.staff.createLead")}</p>
        <Form<Entry>
          name="create-staff"
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(entry) => create.mutate(entry)}
        >
          <Form.Item
            name="username"
            label={t("console.governance.staff.username")}
            initialValue=""
            {...help("username")}
          >
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="name" label={t("console.governance.staff.name")} initialValue="" {...help("name")}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <GrantFields failures={failures} />
        </Form>
        {create.isError && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(create.error)} />
        ) : null}
      </Modal>
      {invitation ? (
        <InvitationLink invitation={invitation} onClose={() => setInvitation(undefined)} />
      ) : null}
    </>
  );
}
