import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { failureText } from "../ui/api.ts";

/** What a screen shows when what it is about could not be read, and the way to try again. */
export function LoadFailure({ query }: { query: { error: unknown; refetch: () => unknown } }) {
  const { t } = useTranslation();
  return (
    <section className="card stack" role="alert">
      <p>{failureText(query.error)}</p>
      <Button className="big" block color="primary" onClick={() => void query.refetch()}>
        {t("common.retry")}
      </Button>
    </section>
  );
}
