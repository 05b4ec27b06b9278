import { clearanceRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { useClearanceStep } from "./use-clearance.ts";

const LONGEST_REASON = 200;

/** Gives the clearance up before any work, with the reason. */
export function CancelClearance({ clearanceId }: { clearanceId: string }) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState("");
  const cancel = useClearanceStep(clearanceId, () =>
    api.call(clearanceRoutes.cancelClearance, { params: { clearanceId }, body: { reason } }),
  );
  const field = fieldFailures(cancel.error).reason;
  if (!isAsking) {
    return (
      <Button className="big" block onClick={() => setIsAsking(true)}>
        {t("mobile.clearances.cancel")}
      </Button>
    );
  }
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        cancel.mutate();
      }}
    >
      <TextField
        label={t("mobile.clearances.cancelReason")}
        value={reason}
        onChange={setReason}
        error={field}
        maxLength={LONGEST_REASON}
      />
      {cancel.isError && !field ? (
        <p className="field-error" role="alert">
          {failureText(cancel.error)}
        </p>
      ) : null}
      <Button className="big" type="submit" block color="danger" loading={cancel.isPending}>
        {t("mobile.clearances.cancel")}
      </Button>
      <Button className="big" block onClick={() => setIsAsking(false)}>
        {t("common.back")}
      </Button>
    </form>
  );
}
