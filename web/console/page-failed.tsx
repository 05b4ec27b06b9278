import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";

export function PageFailed() {
  const { t } = useTranslation();
  return (
    <main>
      <Result
        status="warning"
        title={<h1 className="page-title">{t("common.failure.page")}</h1>}
        subTitle={t("common.failure.pageFix")}
        extra={
          <Button type="primary" onClick={() => location.reload()}>
            {t("common.retry")}
          </Button>
        }
      />
    </main>
  );
}
