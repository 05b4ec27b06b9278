import { type MachineCode, parseMachineCode } from "@hanyouxu/protocol";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/text-field.tsx";

const CODE_LETTERS = 16;

/** For a broken camera or a dirty label: slips are found here, before anything is sent. */
export function TypedCode({ onCode }: { onCode: (code: MachineCode) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();

  function submit() {
    const parsed = parseMachineCode(text);
    if (parsed.ok) return onCode(parsed.value);
    const { length } = text.replaceAll(/[\s-]/g, "");
    if (parsed.reason.code === "bad-checksum") setError(t("mobile.scan.badChecksum"));
    else if (length === CODE_LETTERS) setError(t("mobile.scan.badLetter"));
    else setError(t("mobile.scan.badShape", { count: length }));
  }

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={t("mobile.scan.typedLabel")}
        value={text}
        onChange={(value) => {
          setText(value.toUpperCase());
          setError(undefined);
        }}
        error={error}
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        placeholder="XXXX-XXXX-XXXX-XXXX"
        maxLength={300}
      />
      <Button className="big" type="submit" block color="primary">
        {t("mobile.scan.typedSubmit")}
      </Button>
    </form>
  );
}
