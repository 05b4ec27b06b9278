import { clearanceRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { useTick } from "../../ui/use-tick.ts";
import { QrPicture } from "./qr-picture.tsx";
import { usePageVisible } from "./use-page-visible.ts";
import { useWakeLock } from "./use-wake-lock.ts";

/** The platform takes the code before this one too: the eye sees no gap while the next is on its way. */
const GRACE_MS = 3_000;
/** After the change, not on it. */
const SLACK_MS = 100;
const FAILED_MS = 3_000;

/**
 * The site code of this moment, as large as the phone allows. It is renewed before it is worthless, kept nowhere, and
 * not drawn while nobody looks at the page or once it is too old.
 */
export function SiteCode({ clearanceId }: { clearanceId: string }) {
  const { t } = useTranslation();
  const isVisible = usePageVisible();
  useWakeLock(isVisible);
  const code = useQuery({
    queryKey: ["site-code", clearanceId],
    queryFn: async ({ signal }) => {
      const answer = await api.call(clearanceRoutes.getSiteCode, { params: { clearanceId }, signal });
      return { ...answer, goodUntilMs: performance.now() + answer.validSeconds * 1_000 + GRACE_MS };
    },
    enabled: isVisible,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchInterval: ({ state }) => (state.data ? state.data.validSeconds * 1_000 + SLACK_MS : FAILED_MS),
  });
  const tickMs = useTick(isVisible);
  const isGood = isVisible && code.data !== undefined && tickMs < code.data.goodUntilMs;
  return (
    <section className="card stack site-code" aria-labelledby="site-code-title" data-step-open="watch">
      <h2 id="site-code-title">{t("mobile.clearances.siteCode.title")}</h2>
      <p>{t("mobile.clearances.siteCode.lead")}</p>
      {isGood ? (
        <QrPicture text={code.data.url} label={t("mobile.clearances.siteCode.alt")} />
      ) : (
        <p className="site-code-wait" role="status">
          {code.isError ? failureText(code.error) : t("mobile.clearances.siteCode.wait")}
        </p>
      )}
      <p className="soft">{t("mobile.clearances.siteCode.bright")}</p>
    </section>
  );
}
