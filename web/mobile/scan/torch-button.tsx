import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { hasTorch, setTorch } from "./camera.ts";

/** The lamp beside the camera, where the phone lets a page switch it. */
export function TorchButton({ stream }: { stream: MediaStream | null }) {
  const { t } = useTranslation();
  const [isLit, setIsLit] = useState(false);
  if (!stream || !hasTorch(stream)) return null;
  return (
    <Button
      className="plain"
      aria-pressed={isLit}
      onClick={() => {
        void setTorch(stream, !isLit).then(() => setIsLit(!isLit));
      }}
    >
      {t("mobile.scan.torch")}
    </Button>
  );
}
