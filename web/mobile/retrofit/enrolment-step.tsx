import { type InstallationDetail, installationRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../../ui/format.ts";
import { StepFailure } from "../step-failure.tsx";
import { useStep } from "./use-installation.ts";

/** The token for the chip, then live: it has enrolled, it is online. */
export function EnrolmentStep({ installation }: { installation: InstallationDetail }) {
  const { t } = useTranslation();
  const { installationId, enrolment, chipId } = installation;
  const issue = useStep(installationId, installationRoutes.issueInstallationToken, (_: undefined) => ({
    params: { installationId },
  }));
  const marks = [
    ["token", issue.data !== undefined || enrolment.isEnrolled],
    ["enrolled", enrolment.isEnrolled],
    ["online", enrolment.isOnline],
  ] as const;
  return (
    <section className="stack">
      <p>{t("mobile.retrofit.enrolLead")}</p>
      {issue.data && !enrolment.isEnrolled ? (
        <div className="card stack">
          <span className="soft">{t("mobile.retrofit.token", { at: timeOfDay(issue.data.expiresAt) })}</span>
          <output className="fit-token" data-testid="enrolment-token">
            {issue.data.enrolmentToken}
          </output>
        </div>
      ) : null}
      <ul className="fit-marks">
        {marks.map(([mark, isDone]) => (
          <li key={mark} className={isDone ? "is-done" : ""} data-mark={mark} data-done={isDone}>
            <span aria-hidden="true">{isDone ? "✓" : "…"}</span>
            {t(`mobile.retrofit.enrolMark.${mark}`)}
          </li>
        ))}
      </ul>
      {enrolment.otherChipId ? (
        <p className="notice-warn">
          {t("mobile.retrofit.otherChip", { other: enrolment.otherChipId, own: chipId })}
        </p>
      ) : null}
      <StepFailure error={issue.error} />
      <Button
        className="big"
        block
        color="primary"
        loading={issue.isPending}
        onClick={() => issue.mutate(undefined)}
      >
        {t(issue.data ? "mobile.retrofit.tokenAgain" : "mobile.retrofit.tokenGet")}
      </Button>
    </section>
  );
}
