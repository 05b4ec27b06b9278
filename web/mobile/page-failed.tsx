import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";

/** Shown when a screen could not be loaded or broke: most often the network, or a newer version on the server. */
export function PageFailed() {
  const { t } = useTranslation();
  return (
    <main className="page">
      <h1 className="page-title">{t("common.failure.page")}</h1>
      <p>{t("common.failure.pageFix")}</p>
      <Button className="big" block color="primary" onClick={() => location.reload()}>
        {t("common.retry")}
      </Button>
    </main>
  );
}
