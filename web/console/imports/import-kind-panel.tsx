import { type ImportKind, importRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { failureText } from "../../ui/api.ts";
import { saveFile, uploadFile } from "./files.ts";

/** One kind of list: its template, and the way to bring a filled-in one in. */
export function ImportKindPanel({ kind }: { kind: ImportKind }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(kind, file),
    onSuccess: ({ importId }) => navigate(`/imports/${importId}`),
  });
  const template = useMutation({
    mutationFn: () => saveFile(importRoutes.downloadTemplate.path.replace(":kind", kind)),
  });
  const failure = upload.error ?? template.error;
  return (
    <section className="panel import-kind" data-kind={kind}>
      <h2 className="panel-title">{t(`console.imports.kind.${kind}`)}</h2>
      <p className="soft">{t(`console.imports.kindLead.${kind}`)}</p>
      <p className="soft small">{t("console.imports.uploadHint")}</p>
      <div className="import-kind-actions">
        <Button loading={template.isPending} onClick={() => template.mutate()}>
          {t("console.imports.template")}
        </Button>
        <Upload
          accept=".xlsx,.csv"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            upload.mutate(file);
            return false;
          }}
        >
          <Button type="primary" loading={upload.isPending}>
            {t(upload.isPending ? "console.imports.uploading" : "console.imports.upload")}
          </Button>
        </Upload>
      </div>
      {failure ? <Alert type="error" showIcon title={failureText(failure)} /> : null}
    </section>
  );
}
