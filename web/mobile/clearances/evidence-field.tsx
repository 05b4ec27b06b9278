import type { EvidenceKind, EvidencePurpose } from "@hanyouxu/api";
import { useMe } from "../../ui/use-me.ts";
import { SceneCapture } from "../capture/scene-capture.tsx";
import { notHandedIn } from "./handed-in.ts";

interface Props {
  purpose: EvidencePurpose;
  subjectId: string;
  kinds: readonly EvidenceKind[];
  /** Guides one turn around: a film of the whole place. */
  wantsCircle?: boolean;
  onEvidence: (evidenceIds: readonly string[]) => void;
}

/** Pictures taken here and now for one form, less those that an earlier form has handed in. */
export function EvidenceField({ onEvidence, ...capture }: Props) {
  const me = useMe().data;
  if (!me) return null;
  return (
    <SceneCapture
      {...capture}
      personId={me.personId}
      onAccepted={(evidenceIds) => onEvidence(notHandedIn(evidenceIds))}
    />
  );
}
