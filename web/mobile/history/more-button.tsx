import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { failureText } from "../../ui/api.ts";

/** The foot of a list: loading, failed, or more to load. */
export function MoreButton({ pages }: { pages: UseInfiniteQueryResult }) {
  const { t } = useTranslation();
  if (pages.isPending) return <p role="status">{t("common.loading")}</p>;
  return (
    <>
      {pages.isError ? (
        <p className="field-error" role="alert">
          {failureText(pages.error)}
        </p>
      ) : null}
      {pages.isError || pages.hasNextPage ? (
        <Button
          className="big"
          block
          loading={pages.isFetching}
          onClick={() => void (pages.isError ? pages.refetch() : pages.fetchNextPage())}
        >
          {pages.isError ? t("common.retry") : t("mobile.history.more")}
        </Button>
      ) : null}
    </>
  );
}
