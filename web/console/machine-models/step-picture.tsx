import { modelPicturePath, modelPictureRoutes, type ProfileContent } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Form, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { shrinkPicture } from "../../ui/shrink-picture.ts";
import { useWords } from "./use-words.ts";

interface Props {
  /** Of the step in its list. */
  index: number;
  /** The form's: the key of the picture. */
  value?: string | null;
  onChange?: (pictureKey: string | null) => void;
}

/** The picture beside one step: uploaded at once, seen as the installer will see it, and part of the profile once saved. */
export function StepPicture({ index, value, onChange }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  const text: ProfileContent["steps"][number]["text"] | undefined = Form.useWatch(["steps", index, "text"]);
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const { base64, url, bitmap } = await shrinkPicture(file);
      // What is shown is what the platform has kept of it.
      URL.revokeObjectURL(url);
      bitmap?.close();
      return await api.call(modelPictureRoutes.addModelPicture, { body: { photo: base64 } });
    },
    onSuccess: ({ pictureKey }) => onChange?.(pictureKey),
  });
  return (
    <div className="step-picture-field">
      {value ? (
        <img
          className="step-picture"
          src={modelPicturePath(value)}
          alt={t("console.machineModels.pictureOf", { text: text ? words(text) : "" })}
        />
      ) : null}
      <div className="step-field-actions">
        <Upload
          accept="image/jpeg,image/png,image/webp"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            upload.mutate(file);
            return false;
          }}
        >
          <Button size="small" loading={upload.isPending}>
            {t(value ? "console.machineModels.pictureReplace" : "console.machineModels.pictureAdd")}
          </Button>
        </Upload>
        {value ? (
          <Button size="small" onClick={() => onChange?.(null)}>
            {t("console.machineModels.pictureRemove")}
          </Button>
        ) : null}
      </div>
      {upload.isError ? (
        <Alert type="error" showIcon title={fieldFailures(upload.error).photo ?? failureText(upload.error)} />
      ) : null}
    </div>
  );
}
