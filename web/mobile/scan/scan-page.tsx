import { Button } from "antd-mobile";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { OpenClearances } from "../clearances/open-clearances.tsx";
import { siteCodeIn } from "../fire-watch/site-code-in.ts";
import { siteSignIn } from "../key-areas/site-sign-in.ts";
import { Page } from "../page.tsx";
import { SupersededConsent } from "../privacy/superseded-consent.tsx";
import { OpenWork } from "../work/open-work.tsx";
import { useOpenWork } from "../work/use-open-work.ts";
import { machineCodeIn } from "./machine-code-in.ts";
import { PhotoCode } from "./photo-code.tsx";
import { TorchButton } from "./torch-button.tsx";
import { TypedCode } from "./typed-code.tsx";
import { type ScannerState, useScanner } from "./use-scanner.ts";

const WORDS = {
  opening: "mobile.scan.opening",
  looking: "mobile.scan.hint",
  "foreign-code": "mobile.scan.foreign",
  "no-decoder": "mobile.scan.noDecoder",
  denied: "mobile.scan.denied",
  missing: "mobile.scan.missing",
  unsupported: "mobile.scan.unsupported",
  busy: "mobile.scan.busy",
} as const satisfies Record<ScannerState, string>;

/** The page that a code leads to: a machine's label, a key area's sign, or a site code on a welder's phone. */
function addressIn(text: string): string | undefined {
  const machineCode = machineCodeIn(text);
  if (machineCode) return `/machine/${machineCode}`;
  const signCode = siteSignIn(text);
  if (signCode) return `/site/${signCode}`;
  const siteCode = siteCodeIn(text);
  return siteCode && `/watch/${encodeURIComponent(siteCode)}`;
}

export function ScanPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const video = useRef<HTMLVideoElement>(null);
  const [isTyping, setIsTyping] = useState(false);
  // Work in progress comes first: opening the app while working leads back to it, not to a new scan.
  const { isLoading } = useOpenWork();
  const go = useCallback((address: string) => navigate(address), [navigate]);
  const { state, stream } = useScanner(video, !isTyping && !isLoading, addressIn, go);
  const hasPicture = state === "looking" || state === "foreign-code" || state === "opening";

  return (
    <Page title={t("mobile.scan.title")}>
      <OpenWork />
      <OpenClearances />
      <SupersededConsent />
      {isTyping ? (
        <TypedCode onCode={(code) => go(`/machine/${code}`)} />
      ) : (
        <>
          <section className="viewfinder" aria-label={t("mobile.scan.viewfinder")} hidden={!hasPicture}>
            <video ref={video} muted playsInline />
            <div className="viewfinder-frame" aria-hidden="true" />
          </section>
          <p className={hasPicture ? "scan-hint" : "card"} role="status" data-state={state}>
            {t(WORDS[state])}
          </p>
          <TorchButton stream={stream} />
        </>
      )}
      <div className="scan-ways">
        <PhotoCode read={addressIn} onCode={go} />
        <Button className="big" onClick={() => setIsTyping(!isTyping)}>
          {isTyping ? t("mobile.scan.camera") : t("mobile.scan.typed")}
        </Button>
      </div>
    </Page>
  );
}
