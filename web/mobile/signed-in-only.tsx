import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { failureText } from "../ui/api.ts";
import { useMe } from "../ui/use-me.ts";

/** Screens that need a person; the sign-in page brings them back here afterwards. */
export function SignedInOnly() {
  const { t } = useTranslation();
  const me = useMe();
  const location = useLocation();
  // Who has proved a phone and nothing else yet can do nothing but register.
  const isNew = me.data?.roles.length === 0;
  if (isNew && location.pathname !== "/register") return <Navigate to="/register" replace />;
  if (me.data) return <Outlet />;
  if (me.data === null) return <Navigate to="/sign-in" replace state={{ from: location.pathname }} />;
  return (
    <main className="page">
      <h1 className="visually-hidden">{t("common.appName")}</h1>
      {me.isError ? (
        <>
          <p role="alert">{failureText(me.error)}</p>
          <Button className="big" block color="primary" onClick={() => void me.refetch()}>
            {t("common.retry")}
          </Button>
        </>
      ) : (
        <p role="status">{t("common.loading")}</p>
      )}
    </main>
  );
}
