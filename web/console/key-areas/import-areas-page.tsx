import "./key-areas.css";
import {
  type AreaFileReport,
  type DatumOfFile,
  datumOfFile,
  type ImportedFeature,
  type KeyAreaKind,
  keyAreaImportRoutes,
  keyAreaKind,
} from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Select, type TableProps, Upload } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { AreasLayer } from "../../map/areas-layer.tsx";
import { BaseMap } from "../../map/base-map.tsx";
import { MapView } from "../../map/map-view.tsx";
import { type MarkedPlace, MarkLayer } from "../../map/mark-layer.tsx";
import { failureText, fieldFailures } from "../../ui/api.ts";
import { useEnterpriseRegions } from "../../ui/use-enterprise-regions.ts";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import { sendFile } from "../ui/send-file.ts";
import { WideTable } from "../ui/wide-table.tsx";

interface Fields {
  datum: DatumOfFile;
  kind: KeyAreaKind;
  region: string;
  reason: string;
}

/** Choose a file and its datum, look at what it holds, take it in. */
export function ImportAreasPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [file, setFile] = useState<File | null>(null);
  const regions = useEnterpriseRegions().data ?? [];
  const send = async (path: string, more: Record<string, string>) => {
    const { datum, kind, region = "" } = form.getFieldsValue(true);
    return (await sendFile(path, { datum, kind, region, ...more }, file!)) as AreaFileReport;
  };
  const preview = useMutation({ mutationFn: () => send(keyAreaImportRoutes.previewKeyAreas.path, {}) });
  const commit = useMutation({
    mutationFn: (mode: "all-or-nothing" | "skip-bad") =>
      send(keyAreaImportRoutes.importKeyAreas.path, { mode, reason: form.getFieldValue("reason") ?? "" }),
    onSuccess: ({ imported }) => {
      void message.success(t("console.keyAreas.import.done", { count: imported }));
      void client.invalidateQueries({ queryKey: ["key-areas"] });
      navigate("/key-areas");
    },
  });
  const report = preview.data;
  const failures = { ...fieldFailures(preview.error), ...fieldFailures(commit.error) };
  const failed = commit.error ?? preview.error;
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.keyAreas.import.title")}</h1>
      <p className="soft">{t("console.keyAreas.import.lead")}</p>
      <Form
        form={form}
        name="import-areas"
        layout="vertical"
        requiredMark={false}
        className="panel"
        initialValues={{ datum: "wgs84", kind: "other", reason: "" }}
        onValuesChange={(changed) => {
          // What was found of the file does not depend on why it is taken in.
          if (!("reason" in changed)) preview.reset();
        }}
      >
        <div className="area-row">
          <Form.Item label={t("console.keyAreas.import.file")}>
            <Upload
              maxCount={1}
              accept=".geojson,.json,.kml,.kmz,.zip"
              beforeUpload={(chosen) => {
                setFile(chosen);
                preview.reset();
                return false;
              }}
              onRemove={() => setFile(null)}
            >
              <Button>{t("console.keyAreas.import.choose")}</Button>
            </Upload>
          </Form.Item>
          <Form.Item
            name="datum"
            label={t("console.keyAreas.import.datum")}
            {...fieldFailure(failures.datum)}
          >
            <Select
              options={datumOfFile.options.map((value) => ({
                value,
                label: t(`console.keyAreas.import.datums.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="kind" label={t("console.keyAreas.import.kind")} {...fieldFailure(failures.kind)}>
            <Select
              virtual={false}
              options={keyAreaKind.options.map((value) => ({
                value,
                label: t(`common.keyArea.kind.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item
            name="region"
            label={t("console.keyAreas.import.region")}
            className="is-grown"
            {...fieldFailure(failures.region)}
          >
            <Select showSearch={{ optionFilterProp: "label" }} options={regions} />
          </Form.Item>
        </div>
        <Button type="primary" disabled={!file} loading={preview.isPending} onClick={() => preview.mutate()}>
          {t("console.keyAreas.import.preview")}
        </Button>
        {report ? (
          <>
            <Report report={report} />
            <Form.Item name="reason" label={t("console.command.reason")} {...fieldFailure(failures.reason)}>
              <Input maxLength={200} />
            </Form.Item>
            <div className="panel-actions">
              <Button
                type="primary"
                disabled={report.good === 0}
                loading={commit.isPending}
                onClick={() => commit.mutate(report.bad === 0 ? "all-or-nothing" : "skip-bad")}
              >
                {t(`console.keyAreas.import.${report.bad === 0 ? "takeAll" : "takeGood"}`, {
                  count: report.good,
                })}
              </Button>
            </div>
          </>
        ) : null}
        {failed && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(failed)} />
        ) : null}
      </Form>
    </main>
  );
}

function Report({ report }: { report: AreaFileReport }) {
  const { t } = useTranslation();
  const config = useMapConfig().data;
  const [place, setPlace] = useState<MarkedPlace | null>(null);
  const areas = useMemo(
    () =>
      report.features.flatMap(({ number, name, geometry }) =>
        geometry ? [{ id: String(number), name: name || String(number), geometry }] : [],
      ),
    [report],
  );
  const columns: TableProps<ImportedFeature>["columns"] = [
    { key: "number", title: t("console.keyAreas.import.number"), dataIndex: "number" },
    { key: "name", title: t("console.keyAreas.name"), render: (_, { name }) => name || "–" },
    {
      key: "kind",
      title: t("console.keyAreas.kind"),
      render: (_, { kind }) => t(`common.keyArea.kind.${kind}`),
    },
    {
      key: "problem",
      title: t("console.keyAreas.import.finding"),
      render: (_, { problem }) => problem?.message ?? t("console.keyAreas.import.good"),
    },
    {
      key: "place",
      title: t("console.keyAreas.import.place"),
      render: (_, { problem }) =>
        problem?.place ? (
          <Button size="small" onClick={() => setPlace(problem.place as MarkedPlace)}>
            {t("console.keyAreas.import.show")}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      <Alert
        type={report.bad === 0 ? "success" : "warning"}
        showIcon
        title={t("console.keyAreas.import.counts", { good: report.good, bad: report.bad })}
      />
      <div className="area-map">
        {config ? (
          <MapView
            centre={[config.centre.longitudeDegrees, config.centre.latitudeDegrees]}
            zoom={config.centre.zoom}
            label={t("console.keyAreas.import.map")}
            failedText={t("console.map.failed")}
          >
            <BaseMap base={config.base} />
            <AreasLayer areas={areas} isFitted />
            <MarkLayer place={place} />
          </MapView>
        ) : null}
      </div>
      <WideTable<ImportedFeature>
        size="small"
        rowKey="number"
        columns={columns}
        dataSource={report.features}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
      />
    </>
  );
}
