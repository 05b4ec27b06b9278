import "./key-areas.css";
import { type KeyAreaDetail, keyAreaRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Spin, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { AreasLayer } from "../../map/areas-layer.tsx";
import { BaseMap } from "../../map/base-map.tsx";
import { MachinesLayer } from "../../map/machines-layer.tsx";
import { MapView } from "../../map/map-view.tsx";
import { api, failureText } from "../../ui/api.ts";
import { maySee } from "../../ui/may-see.ts";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { useMe } from "../../ui/use-me.ts";
import { Failure } from "../ui/failure.tsx";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { AreaFacts } from "./area-facts.tsx";
import { SignsPanel } from "./signs-panel.tsx";
import { useKeyArea } from "./use-key-area.ts";
import { VersionsPanel } from "./versions-panel.tsx";
import { useMachinesAtWork, WorkingWithin } from "./working-within.tsx";

/** One key area: where it is, what it demands, its signs and what it was. */
export function KeyAreaPage() {
  const { t } = useTranslation();
  const keyAreaId = useParams().keyAreaId ?? "";
  const area = useKeyArea(keyAreaId);
  const shown = area.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{shown?.name ?? t("console.tab.keyAreas")}</h1>
        {shown ? (
          <>
            <Tag color={shown.status === "active" ? "orange" : "default"}>
              {t(`console.keyAreas.status.${shown.status}`)}
            </Tag>
            {shown.mayEdit && shown.status === "active" ? <Actions area={shown} /> : null}
          </>
        ) : null}
      </header>
      {area.isPending ? <Spin description={t("common.loading")} /> : null}
      {area.isError ? <Failure error={area.error} onRetry={area.refetch} /> : null}
      {shown ? (
        <div className="area-columns">
          <div>
            <AreaMap area={shown} />
            <SignsPanel area={shown} />
          </div>
          <div>
            <AreaFacts area={shown} />
            <Contacts area={shown} />
          </div>
        </div>
      ) : null}
      {shown ? <VersionsPanel area={shown} /> : null}
    </main>
  );
}

/** A cluster is opened by its click; its machines stand in the list. */
const nothing = () => {};

function AreaMap({ area }: { area: KeyAreaDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const config = useMapConfig().data;
  const machines = useMachinesAtWork(area.geometry);
  const mayFollow = maySee(useMe().data, "readings");
  const areas = useMemo(() => [{ id: area.keyAreaId, name: area.name, geometry: area.geometry }], [area]);
  return (
    <>
      <div className="area-map panel">
        {config ? (
          <MapView
            centre={[area.centre.longitudeDegrees, area.centre.latitudeDegrees]}
            zoom={15}
            label={t("console.keyAreas.map")}
            failedText={t("console.map.failed")}
          >
            <BaseMap base={config.base} />
            <AreasLayer areas={areas} isFitted />
            <MachinesLayer
              machines={machines}
              onPick={(machineId) => navigate(`/machines/${machineId}`)}
              onPickMany={nothing}
            />
          </MapView>
        ) : null}
      </div>
      {mayFollow ? <WorkingWithin geometry={area.geometry} machines={machines} /> : null}
    </>
  );
}

function Actions({ area }: { area: KeyAreaDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div className="page-actions">
      <Link to={`/key-areas/${area.keyAreaId}/edit`}>
        <Button tabIndex={-1}>{t("console.keyAreas.form.edit")}</Button>
      </Link>
      <Button danger onClick={() => setIsAsking(true)}>
        {t("console.keyAreas.abolish")}
      </Button>
      <ReasonDialog<{ reason: string }, KeyAreaDetail>
        name="abolish-area"
        isOpen={isAsking}
        isDanger
        title={t("console.keyAreas.abolish")}
        lead={t("console.keyAreas.abolishLead")}
        send={({ reason }) =>
          api.call(keyAreaRoutes.abolishKeyArea, {
            params: { keyAreaId: area.keyAreaId },
            body: { reason, basedOnVersion: area.version },
          })
        }
        onDone={() => {
          setIsAsking(false);
          void client.invalidateQueries({ queryKey: ["key-areas"] });
          void client.invalidateQueries({ queryKey: ["key-area", area.keyAreaId] });
          navigate("/key-areas");
        }}
        onCancel={() => setIsAsking(false)}
      />
    </div>
  );
}

/** Masked until somebody asks for them in full, which the audit log keeps. */
function Contacts({ area }: { area: KeyAreaDetail }) {
  const { t } = useTranslation();
  const read = useMutation({
    mutationFn: () => api.call(keyAreaRoutes.readKeyAreaContacts, { params: { keyAreaId: area.keyAreaId } }),
  });
  if (area.contacts === null || area.contacts.length === 0) return null;
  const contacts = read.data?.contacts ?? area.contacts;
  return (
    <section className="panel">
      <h2 className="panel-title">{t("console.keyAreas.contacts")}</h2>
      <ul className="area-contacts">
        {contacts.map(({ name, phone }) => (
          <li key={`${name}${phone}`}>
            {name} {phone}
          </li>
        ))}
      </ul>
      {read.data ? null : (
        <Button size="small" loading={read.isPending} onClick={() => read.mutate()}>
          {t("console.keyAreas.showContacts")}
        </Button>
      )}
      {read.isError ? <Alert type="error" showIcon title={failureText(read.error)} /> : null}
    </section>
  );
}
