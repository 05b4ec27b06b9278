import { type InstallationDetail, installationRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../../ui/format.ts";
import { StepFailure } from "./step-failure.tsx";
import { useStep } from "./use-installation.ts";

const WIDTH = 640;
const HEIGHT = 280;

/** The installer signs with a finger for what the test has shown. */
export function SignatureStep({ installation }: { installation: InstallationDetail }) {
  const { t } = useTranslation();
  const { installationId, lastTest } = installation;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);
  const isDown = useRef(false);
  const sign = useStep(installationId, installationRoutes.signInstallation, (picture: string) => ({
    params: { installationId },
    body: { picture },
  }));

  function draw(event: PointerEvent<HTMLCanvasElement>, begins: boolean) {
    const pen = canvas.current?.getContext("2d");
    if (!pen || !canvas.current) return;
    const box = canvas.current.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    if (begins) {
      pen.lineWidth = 5;
      pen.lineCap = "round";
      pen.lineJoin = "round";
      pen.strokeStyle = "#0d1b2e";
      pen.beginPath();
      pen.moveTo(x, y);
      return;
    }
    pen.lineTo(x, y);
    pen.stroke();
    setIsDrawn(true);
  }

  function clear() {
    canvas.current?.getContext("2d")?.clearRect(0, 0, WIDTH, HEIGHT);
    setIsDrawn(false);
  }

  return (
    <section className="stack">
      {lastTest?.closedAt && lastTest.openedAt ? (
        <p className="card tag-go" data-testid="test-passed">
          {t("mobile.retrofit.testPassed", {
            closed: timeOfDay(lastTest.closedAt),
            opened: timeOfDay(lastTest.openedAt),
          })}
        </p>
      ) : null}
      <p>{t("mobile.retrofit.signLead")}</p>
      <canvas
        ref={canvas}
        className="fit-signature"
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={t("mobile.retrofit.signHere")}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          isDown.current = true;
          draw(event, true);
        }}
        onPointerMove={(event) => {
          if (isDown.current) draw(event, false);
        }}
        onPointerUp={() => {
          isDown.current = false;
        }}
        onPointerCancel={() => {
          isDown.current = false;
        }}
      />
      <StepFailure error={sign.error} />
      <Button className="big" block disabled={!isDrawn} onClick={clear}>
        {t("mobile.retrofit.signClear")}
      </Button>
      <Button
        className="big"
        block
        color="primary"
        loading={sign.isPending}
        disabled={!isDrawn}
        onClick={() => {
          const address = canvas.current?.toDataURL("image/png") ?? "";
          sign.mutate(address.slice(address.indexOf(",") + 1));
        }}
      >
        {t("mobile.retrofit.signDone")}
      </Button>
    </section>
  );
}
