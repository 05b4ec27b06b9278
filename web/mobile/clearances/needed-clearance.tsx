import "./clearances.css";
import { clearanceRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { phonePosition } from "../scan/position.ts";

interface Props {
  machineCode: string;
  keyAreaId: string;
  keyAreaName: string;
  /** Where a sign has said which floor it is. */
  signedFloor?: string;
}

/** The machine stands in a key area: it stays locked until its clearance is there, and this begins it. */
export function NeededClearance({ machineCode, keyAreaId, keyAreaName, signedFloor = "" }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [floor, setFloor] = useState(signedFloor);
  const [isLost, setIsLost] = useState(false);
  const open = useMutation({
    mutationFn: async () => {
      const position = await phonePosition();
      setIsLost(position === null);
      if (position === null) return null;
      return await api.call(clearanceRoutes.openClearance, {
        body: { machineCode, keyAreaId, position, floor: floor.trim() || null },
      });
    },
    onSuccess: (clearance) => clearance && navigate(`/clearances/${clearance.clearanceId}`),
  });
  const fields = fieldFailures(open.error);
  return (
    <section className="card stack needed-clearance" aria-labelledby="needed-title" data-area={keyAreaId}>
      <h2 id="needed-title">{t("mobile.clearances.needed.title", { area: keyAreaName })}</h2>
      <p>{t("mobile.clearances.needed.lead")}</p>
      <TextField
        label={t("mobile.clearances.needed.floor")}
        value={floor}
        onChange={setFloor}
        error={fields.floor}
        maxLength={10}
      />
      {isLost ? (
        <p className="field-error" role="alert">
          {t("mobile.clearances.needed.noPosition")}
        </p>
      ) : null}
      {open.isError && !fields.floor ? (
        <p className="field-error" role="alert">
          {failureText(open.error)}
        </p>
      ) : null}
      <Button className="big" block color="primary" loading={open.isPending} onClick={() => open.mutate()}>
        {t("mobile.clearances.needed.open")}
      </Button>
    </section>
  );
}
