import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { failureText } from "../../ui/api.ts";

/** A read that failed, and the way to try it again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => unknown }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="error"
      showIcon
      title={failureText(error)}
      action={
        onRetry ? (
          <Button size="small" onClick={() => void onRetry()}>
            {t("common.retry")}
          </Button>
        ) : null
      }
    />
  );
}
