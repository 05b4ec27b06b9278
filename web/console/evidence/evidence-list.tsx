import {
  EVIDENCE_SECTORS,
  type Evidence,
  type EvidencePurpose,
  evidenceContentPath,
  evidencePreviewPath,
  evidenceRoutes,
} from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Empty } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import "./evidence.css";

/** Each picture with what it was to show, for the eye that compares. */
export function EvidenceList({ purpose, subjectId }: { purpose: EvidencePurpose; subjectId: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["evidence", purpose, subjectId],
    queryFn: ({ signal }) => api.call(evidenceRoutes.listEvidence, { query: { purpose, subjectId }, signal }),
  });
  if (query.isPending) return <p role="status">{t("common.loading")}</p>;
  if (query.isError) return <Failure error={query.error} onRetry={query.refetch} />;
  if (query.data.evidence.length === 0) return <Empty description={t("console.evidence.none")} />;
  return (
    <>
      <p>{t("console.evidence.lead")}</p>
      <ul className="evidence-list">
        {query.data.evidence.map((item) => (
          <li key={item.evidenceId}>
            <EvidenceItem item={item} />
          </li>
        ))}
      </ul>
    </>
  );
}

function EvidenceItem({ item }: { item: Evidence }) {
  const { t } = useTranslation();
  const name = `${t(`common.evidence.kind.${item.kind}`)} ${dateTime(item.takenAt)}`;
  const place = item.position
    ? `${item.position.latitudeDegrees.toFixed(5)}, ${item.position.longitudeDegrees.toFixed(5)} ±${Math.round(item.position.accuracyMetres)} m`
    : t("console.evidence.noPlace");
  const facts: [string, string][] = [
    [t("console.evidence.digits"), item.digits ?? "–"],
    [
      t("console.evidence.demand"),
      item.demand ? t(`common.evidence.demand.${item.demand}`) : t("console.evidence.gallery"),
    ],
    [t("console.evidence.takenAt"), dateTime(item.takenAt)],
    [t("console.evidence.place"), place],
  ];
  if (item.kind === "video") {
    facts.push([t("console.evidence.seen"), `${item.coveredSectors.length} / ${EVIDENCE_SECTORS}`]);
  }
  return (
    <article className="evidence-item">
      <img src={evidencePreviewPath(item.evidenceId)} alt={name} />
      <div>
        <dl>
          {facts.map(([term, words]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <a href={evidenceContentPath(item.evidenceId)} target="_blank" rel="noreferrer">
          {t("console.evidence.show")}
        </a>
      </div>
    </article>
  );
}
