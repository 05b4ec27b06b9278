import { Button } from "antd-mobile";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/text-field.tsx";
import { PhotoCode } from "./photo-code.tsx";
import { TorchButton } from "./torch-button.tsx";
import { useScanner } from "./use-scanner.ts";

interface Props<Code> {
  read: (text: string) => Code | undefined;
  /** What to point at, and what is wrong with a code that was typed. */
  hint: string;
  wrong: string;
  label: string;
  placeholder: string;
  isBusy: boolean;
  onCode: (code: Code) => void;
}

/** A code from the camera, from a photo, or typed: the camera is at hand but must not be needed. */
export function CodeScanner<Code>({ read, hint, wrong, label, placeholder, isBusy, onCode }: Props<Code>) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [isTyping, setIsTyping] = useState(false);
  const [text, setText] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const { state, stream } = useScanner(video, !isTyping && !isBusy, read, onCode);
  const hasPicture = state === "looking" || state === "foreign-code" || state === "opening";
  return (
    <section className="stack">
      {isTyping ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            const code = read(text);
            setIsWrong(code === undefined);
            if (code !== undefined) onCode(code);
          }}
        >
          <TextField
            label={label}
            value={text}
            onChange={(value) => {
              setText(value);
              setIsWrong(false);
            }}
            error={isWrong ? wrong : undefined}
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            maxLength={300}
          />
          <Button className="big" type="submit" block color="primary" loading={isBusy}>
            {t("mobile.scan.next")}
          </Button>
        </form>
      ) : (
        <>
          <section className="viewfinder" aria-label={t("mobile.scan.viewfinder")} hidden={!hasPicture}>
            <video ref={video} muted playsInline />
            <div className="viewfinder-frame" aria-hidden="true" />
          </section>
          <p className={hasPicture ? "scan-hint" : "card"} role="status">
            {state === "foreign-code"
              ? wrong
              : hasPicture
                ? hint
                : t(state === "no-decoder" ? "mobile.scan.noDecoder" : "mobile.scan.noCamera")}
          </p>
          <TorchButton stream={stream} />
        </>
      )}
      <div className="scan-ways">
        <PhotoCode read={read} onCode={onCode} />
        <Button className="big" onClick={() => setIsTyping(!isTyping)}>
          {isTyping ? t("mobile.scan.camera") : t("mobile.scan.type")}
        </Button>
      </div>
    </section>
  );
}
