import { Button, Result, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { useMe, useSignOut } from "../ui/use-me.ts";
import { Failure } from "./ui/failure.tsx";

export function SignedInOnly() {
  const { t } = useTranslation();
  const me = useMe();
  const { pathname, search } = useLocation();
  const signOut = useSignOut();
  if (me.data?.roles.some(({ role }) => role !== "welder")) return <Outlet />;
  if (me.data) {
    return (
      <main className="console-wait">
        <Result
          status="warning"
          title={<h1 className="page-title">{t("console.signIn.noRole")}</h1>}
          extra={<Button onClick={() => void signOut()}>{t("console.signOut")}</Button>}
        />
      </main>
    );
  }
  if (me.data === null) return <Navigate to="/sign-in" replace state={{ from: pathname + search }} />;
  return (
    <main className="console-wait">
      <h1 className="visually-hidden">{t("console.title")}</h1>
      {me.isError ? (
        <Failure error={me.error} onRetry={me.refetch} />
      ) : (
        <Spin description={t("common.loading")} />
      )}
    </main>
  );
}
