import { Button, Input, Radio } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DrawnRing } from "../../map/drawn-shape.ts";
import { readCorners } from "../../map/typed-corners.ts";

const ROLES = ["polygon", "hole"] as const;

/** Corners by their coordinates: for surveyed places, and for whom a mouse on a map is no way to draw. */
export function CornersField({ onAdd }: { onAdd: (ring: DrawnRing) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [role, setRole] = useState<(typeof ROLES)[number]>("polygon");
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<string>();

  function add() {
    const typed = readCorners(text);
    if (typed.ok) {
      onAdd({ role, ring: typed.ring });
      setText("");
      return setFailure(undefined);
    }
    setFailure(
      typed.line === null
        ? t("console.keyAreas.corners.tooFew")
        : t("console.keyAreas.corners.wrongLine", { line: typed.line }),
    );
  }

  return (
    <details className="area-corners">
      <summary>{t("console.keyAreas.corners.title")}</summary>
      <Radio.Group
        aria-label={t("console.keyAreas.corners.role")}
        value={role}
        options={ROLES.map((value) => ({ value, label: t(`console.keyAreas.draw.${value}`) }))}
        onChange={({ target }) => setRole(target.value as typeof role)}
      />
      <label htmlFor={id}>{t("console.keyAreas.corners.label")}</label>
      <Input.TextArea
        id={id}
        rows={5}
        value={text}
        placeholder={"119.8148,28.8926\n119.8160,28.8926\n119.8160,28.8937"}
        spellCheck={false}
        {...(failure
          ? { status: "error" as const, "aria-invalid": true, "aria-describedby": `${id}-wrong` }
          : {})}
        onChange={({ target }) => {
          setText(target.value);
          setFailure(undefined);
        }}
      />
      {failure ? (
        <p id={`${id}-wrong`} className="area-wrong" role="alert">
          {failure}
        </p>
      ) : null}
      <Button onClick={add}>{t("console.keyAreas.corners.add")}</Button>
    </details>
  );
}
