import { type HotWorkPermitDetail, hotWorkPermitRoutes, measuresOf } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useMe } from "../../ui/use-me.ts";
import { useWord } from "../../ui/use-word.ts";
import { StepFailure } from "../step-failure.tsx";
import { ApprovePanel } from "./approve-panel.tsx";
import { CloseButton } from "./close-button.tsx";
import { GasTests } from "./gas-tests.tsx";
import { PermitFacts } from "./permit-facts.tsx";
import { PermitStatusTag } from "./permit-status-tag.tsx";
import { ReasonStep, VoidButton } from "./reason-step.tsx";
import { usePermitStep } from "./use-permit.ts";

/** A permit that was submitted: what it says, where it stands, and what this person may do with it. */
export function PermitView({ permit }: { permit: HotWorkPermitDetail }) {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const { permitId, may } = permit;
  const isOwn = useMe().data?.personId === permit.people.welder?.personId;
  const copy = usePermitStep(hotWorkPermitRoutes.copyHotWorkPermit, () => ({ params: { permitId } }));
  return (
    <>
      <section className={`card stack permit-state is-${permit.status}`}>
        <p className="row">
          <strong>{permit.permitNumber}</strong>
          <PermitStatusTag status={permit.status} />
        </p>
        {permit.statusReason ? <p>{permit.statusReason}</p> : null}
        {permit.supersededBy ? (
          <Link to={`/permits/${permit.supersededBy}`}>{t("mobile.permits.superseded")}</Link>
        ) : null}
      </section>
      <PermitFacts permit={permit} />
      <section className="card stack">
        <h2>{t("mobile.permits.step.measures")}</h2>
        <ul className="permit-measures">
          {measuresOf(permit.regime).map(({ id, title }) => (
            <li key={id} data-state={permit.form.measures[id]}>
              {word(title)}{" "}
              <strong>
                {t(
                  permit.form.measures[id] === "done" ? "mobile.permits.done" : "mobile.permits.notInvolved",
                )}
              </strong>
            </li>
          ))}
        </ul>
        <div className="permit-photos">
          {permit.photos.map(({ photoId, measure }) => (
            <img
              key={photoId}
              src={`/api/hot-work-permit-photos/${photoId}`}
              alt={word(measuresOf(permit.regime).find(({ id }) => id === measure)!.title)}
              loading="lazy"
            />
          ))}
        </div>
      </section>
      {permit.gasTests.length > 0 || may.addGasTest ? (
        <section className="stack">
          <h2>{t("mobile.permits.step.gas")}</h2>
          <GasTests permit={permit} />
        </section>
      ) : null}
      {may.approve ? <ApprovePanel permit={permit} /> : null}
      {may.close ? <CloseButton permit={permit} /> : null}
      {may.approve ? <ReasonStep permit={permit} step="reject" /> : null}
      {may.suspend ? <ReasonStep permit={permit} step="suspend" /> : null}
      {may.resume ? <ReasonStep permit={permit} step="resume" /> : null}
      {may.replace ? <ReasonStep permit={permit} step="replace" /> : null}
      <VoidButton permit={permit} />
      {isOwn ? (
        <>
          <StepFailure error={copy.error} />
          <Button
            className="big"
            block
            loading={copy.isPending}
            onClick={() =>
              copy.mutate(undefined, { onSuccess: (draft) => navigate(`/permits/${draft.permitId}`) })
            }
          >
            {t("mobile.permits.copy")}
          </Button>
        </>
      ) : null}
      {permit.status === "draft" ? null : (
        <a className="photo-button" href={`/api/hot-work-permits/${permitId}/ticket.pdf`} download>
          {t("common.permit.print")}
        </a>
      )}
    </>
  );
}
