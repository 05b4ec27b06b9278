import "../clearances/clearances.css";
import { type ClearanceDetail, clearanceRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api, failureText, isUnreachable } from "../../ui/api.ts";
import { OWN_CLEARANCES_KEY } from "../clearances/use-clearance.ts";
import { Page } from "../page.tsx";
import { phonePosition } from "../scan/position.ts";

/** Right after the scan: the phone's place goes with the code, and the person is the fire watch or told why not. */
export function SiteCodePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const code = useParams().code ?? "";
  const scan = useMutation<ClearanceDetail>({
    mutationFn: async () =>
      await api.call(clearanceRoutes.scanSiteCode, { body: { code, position: await phonePosition() } }),
    onSuccess: ({ clearanceId }) => {
      void client.invalidateQueries({ queryKey: OWN_CLEARANCES_KEY });
      navigate(`/clearances/${clearanceId}`, { replace: true });
    },
  });
  // A code lives for seconds: it is sent at once, and once.
  const sent = useRef<string>(undefined);
  useEffect(() => {
    if (sent.current === code) return;
    sent.current = code;
    scan.mutate();
  }, [code, scan]);
  return (
    <Page title={t("mobile.fireWatch.title")} backTo="/">
      {scan.isError ? (
        <section className="card stack refusal" role="alert" data-testid="site-refusal">
          <h2 className="refusal-title">{t("mobile.fireWatch.refused")}</h2>
          <p>{failureText(scan.error)}</p>
          {isUnreachable(scan.error) ? (
            <Button className="big" block color="primary" onClick={() => scan.mutate()}>
              {t("common.retry")}
            </Button>
          ) : null}
          <Button className="big" block onClick={() => navigate("/", { replace: true })}>
            {t("mobile.fireWatch.scanAgain")}
          </Button>
        </section>
      ) : (
        <p className="card" role="status">
          {t("mobile.fireWatch.taking")}
        </p>
      )}
    </Page>
  );
}
