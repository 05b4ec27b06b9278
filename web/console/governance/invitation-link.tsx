import type { StaffInvitation } from "@hanyouxu/api";
import { App, Button, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";

interface Props {
  invitation: StaffInvitation;
  onClose: () => void;
}

/** The link to hand over, behind `#`: it reaches no server's log on the way. */
export function InvitationLink({ invitation, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const link = `${location.origin}${location.pathname}#/invitation/${invitation.token}`;
  async function copy() {
    await navigator.clipboard.writeText(link);
    void message.success(t("console.governance.staff.copied"));
  }
  return (
    <Modal
      open
      title={t("console.governance.staff.invitation")}
      onCancel={onClose}
      footer={[
        <Button key="copy" type="primary" onClick={() => void copy()}>
          {t("console.governance.staff.copy")}
        </Button>,
        <Button key="close" onClick={onClose}>
          {t("common.close")}
        </Button>,
      ]}
    >
      <p>{t("console.governance.staff.invitationLead", { at: dateTime(invitation.expiresAt) })}</p>
      <Input.TextArea
        className="code"
        readOnly
        autoSize
        aria-label={t("console.governance.staff.invitation")}
        value={link}
      />
    </Modal>
  );
}
