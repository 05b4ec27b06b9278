import { Alert, Button, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";

export interface MadeSecret {
  clientId: string;
  secret: string;
}

/** The only time that a secret can be read. */
export function SecretShown({ made, onClose }: { made: MadeSecret; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t("console.sharing.secret.title")}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t("common.close")}</Button>}
    >
      <Alert type="warning" showIcon title={t("console.sharing.secret.once")} />
      <dl className="facts">
        <dt>{t("console.sharing.secret.clientId")}</dt>
        <dd>
          <Typography.Text copyable className="code">
            {made.clientId}
          </Typography.Text>
        </dd>
        <dt>{t("console.sharing.secret.secret")}</dt>
        <dd>
          <Typography.Text copyable className="code" data-testid="client-secret">
            {made.secret}
          </Typography.Text>
        </dd>
      </dl>
    </Modal>
  );
}
