import { type EvidenceKind, type EvidencePurpose, evidenceRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import "./capture.css";
import { CaptureView, type Taken } from "./capture-view.tsx";
import { hashFile } from "./hash-file.ts";
import { PictureList } from "./picture-list.tsx";
import { usePictureQueue } from "./use-picture-queue.ts";

interface Props {
  personId: string;
  purpose: EvidencePurpose;
  subjectId: string;
  kinds: readonly EvidenceKind[];
  /** Guides one turn around: a film of the whole place. */
  wantsCircle?: boolean;
  /** Ids of what was accepted since the page was opened, in the order it was taken: what a form hands in. */
  onAccepted?: (evidenceIds: readonly string[]) => void;
}

/**
 * Takes photos and films in the app, against a challenge each, and sends them until the platform has judged them; a
 * reload, a dead battery or a lost network loses nothing that was taken.
 */
export function SceneCapture({
  personId,
  purpose,
  subjectId,
  kinds,
  wantsCircle = false,
  onAccepted,
}: Props) {
  const { t } = useTranslation();
  const { queue, pictures } = usePictureQueue(personId, subjectId, onAccepted);
  const [kind, setKind] = useState<EvidenceKind>("photo");
  const ask = useMutation({
    mutationFn: async () => {
      const challenge = await api.call(evidenceRoutes.issueEvidenceChallenge, {
        body: { purpose, subjectId },
      });
      return { challenge, heardAtMs: performance.now() };
    },
  });
  const keep = useMutation({
    mutationFn: async ({ file, ...taken }: Taken) => {
      const evidenceId = crypto.randomUUID();
      const sha256 = await hashFile(file);
      await queue.add({ evidenceId, purpose, subjectId, kind, sha256, ...taken }, file);
    },
  });

  if (ask.data) {
    return (
      <CaptureView
        heard={ask.data}
        kind={kind}
        wantsCircle={wantsCircle && kind === "video"}
        onTaken={(taken) => {
          ask.reset();
          keep.mutate(taken);
        }}
        onClose={() => ask.reset()}
      />
    );
  }
  return (
    <section className="stack">
      {[ask.error, keep.error].filter(Boolean).map((error) => (
        <p key={String(error)} className="field-error" role="alert">
          {failureText(error)}
        </p>
      ))}
      {keep.isPending ? <p role="status">{t("mobile.capture.keeping")}</p> : null}
      <PictureList queue={queue} pictures={pictures} />
      <div className="capture-ways">
        {kinds.map((offered) => (
          <Button
            key={offered}
            className="big"
            block
            color="primary"
            loading={ask.isPending && kind === offered}
            disabled={ask.isPending || keep.isPending}
            onClick={() => {
              setKind(offered);
              ask.mutate();
            }}
          >
            {t(`mobile.capture.take.${offered}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
