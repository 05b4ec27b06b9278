import {
  type ApproverRole,
  approverRoles,
  type HotWorkPermitDetail,
  hotWorkPermitRoutes,
} from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ReasonList } from "../../ui/reason-list.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { type PhoneFix, phoneFix } from "../scan/position.ts";
import { clearSignature, SignaturePad, signatureOf } from "../signature-pad.tsx";
import { StepFailure } from "../step-failure.tsx";
import { usePermitStep } from "./use-permit.ts";

interface Signed {
  position: PhoneFix;
  asRole: ApproverRole;
  signature: string;
}

/** Signing at the place: the phone proves where the approver stands, in the moment of the signature. */
export function ApprovePanel({ permit: { permitId } }: { permit: HotWorkPermitDetail }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);
  const [hasInspected, setHasInspected] = useState(false);
  const [asRole, setAsRole] = useState<ApproverRole>("unit");
  const [isAsking, setIsAsking] = useState(false);
  const [isUnknown, setIsUnknown] = useState(false);
  const approve = usePermitStep(hotWorkPermitRoutes.approveHotWorkPermit, (signed: Signed) => ({
    params: { permitId },
    body: { ...signed, hasInspected: true as const },
  }));

  async function sign() {
    setIsUnknown(false);
    setIsAsking(true);
    // Never one from before: it has to be of this place and this moment.
    const position = await phoneFix(0);
    setIsAsking(false);
    if (position) approve.mutate({ position, asRole, signature: signatureOf(canvas.current) });
    else setIsUnknown(true);
  }

  const refusal = approve.data && approve.data.outcome !== "grant" ? approve.data : undefined;
  return (
    <section className="card stack" data-testid="approve">
      <h2>{t("mobile.permits.approveTitle")}</h2>
      <p>{t("mobile.permits.approveLead")}</p>
      <SelectField
        label={t("mobile.permits.asRole")}
        value={asRole}
        options={approverRoles.map((value) => ({ value, word: t(`common.permit.approver.${value}`) }))}
        onChange={(role) => setAsRole(role as ApproverRole)}
      />
      <label className="permit-check">
        <input
          type="checkbox"
          checked={hasInspected}
          onChange={(event) => setHasInspected(event.target.checked)}
        />
        <span>{t("mobile.permits.hasInspected")}</span>
      </label>
      <SignaturePad canvas={canvas} label={t("mobile.retrofit.signHere")} onDrawn={() => setIsDrawn(true)} />
      <Button
        className="plain"
        block
        disabled={!isDrawn}
        onClick={() => {
          clearSignature(canvas.current);
          setIsDrawn(false);
        }}
      >
        {t("mobile.retrofit.signClear")}
      </Button>
      {isUnknown ? (
        <p className="field-error" role="alert">
          {t("mobile.retrofit.positionUnknown")}
        </p>
      ) : null}
      <StepFailure error={approve.error} />
      {refusal ? (
        <div role="alert" data-testid="law-refusal">
          <ReasonList reasons={refusal.reasons} />
        </div>
      ) : null}
      <Button
        className="big"
        block
        color="success"
        disabled={!isDrawn || !hasInspected}
        loading={isAsking || approve.isPending}
        onClick={() => void sign()}
      >
        {t("mobile.permits.approve")}
      </Button>
    </section>
  );
}
