import { placeRoutes } from "@hanyouxu/api";
import type { SiteSignCode } from "@hanyouxu/protocol";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api, failureText, isUnreachable } from "../../ui/api.ts";
import { Page } from "../page.tsx";
import { CodeScanner } from "../scan/code-scanner.tsx";
import { phonePosition } from "../scan/position.ts";
import { type AskedSign, useAskedSign } from "./asked-sign.ts";
import { siteSignIn } from "./site-sign-in.ts";

/**
 * The sign beside a machine whose place is in doubt. Once it is taken the welder goes on with the start by a tap: a scan
 * at a gate must not power a machine that nobody stands at.
 */
export function PlaceSignPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const machineCode = useParams().code ?? "";
  const { workFor } = useAskedSign();
  const scan = useMutation({
    mutationFn: async (signCode: SiteSignCode) =>
      await api.call(placeRoutes.scanPlaceSign, {
        params: { machineCode },
        body: { signCode, position: await phonePosition() },
      }),
  });
  const spot = scan.data;
  const goOn = () =>
    navigate(`/machine/${machineCode}`, {
      replace: true,
      state: { workFor, ...(spot ? { spot } : {}), goesOn: true } satisfies AskedSign,
    });
  return (
    <Page title={t("mobile.placeSign.title")} backTo={`/machine/${machineCode}`}>
      {scan.isIdle ? (
        <>
          <p className="card">{t("mobile.placeSign.lead")}</p>
          <CodeScanner
            read={siteSignIn}
            hint={t("mobile.placeSign.hint")}
            wrong={t("mobile.placeSign.wrong")}
            label={t("mobile.placeSign.typedLabel")}
            placeholder="S-XXXX-XXXX-XXXX-XXXX"
            isBusy={false}
            onCode={(signCode) => scan.mutate(signCode)}
          />
        </>
      ) : null}
      {scan.isPending ? (
        <p className="card" role="status">
          {t("mobile.placeSign.taking")}
        </p>
      ) : null}
      {scan.isError ? (
        <section className="card stack refusal" role="alert" data-testid="sign-refusal">
          <h2 className="refusal-title">{t("mobile.placeSign.refused")}</h2>
          <p>{failureText(scan.error)}</p>
          {isUnreachable(scan.error) ? (
            <Button className="big" block color="primary" onClick={() => scan.mutate(scan.variables)}>
              {t("common.retry")}
            </Button>
          ) : null}
          <Button className="big" block onClick={() => scan.reset()}>
            {t("mobile.placeSign.again")}
          </Button>
          <p>{t("mobile.placeSign.noSign")}</p>
        </section>
      ) : null}
      {spot ? (
        <section className="card stack ended" role="status" data-testid="sign-taken">
          <h2>{t("mobile.placeSign.taken", { area: spot.name })}</h2>
          {spot.floor === null ? null : <p>{t("mobile.site.floor", { floor: spot.floor })}</p>}
          <p>{t("mobile.placeSign.takenLead")}</p>
          <Button className="big start-button" block color="primary" onClick={goOn}>
            {t("mobile.placeSign.goOn")}
          </Button>
        </section>
      ) : null}
    </Page>
  );
}
