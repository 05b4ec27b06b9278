import type { EvidencePurpose } from "@hanyouxu/api";
import { AppError } from "../../errors.ts";
import type { Person } from "../sign-in/sign-in.ts";

/** What evidence is about, by the feature whose record it is; `app.ts` brings them together. */
export interface EvidenceSubject {
  /** Whether `person` may take pictures for it now. @throws AppError of the feature, or evidence.subject_closed */
  requireCapturer(person: Person, subjectId: string): Promise<void>;
  /** Whether `person` may see its pictures. @throws AppError of the feature */
  requireReader(person: Person, subjectId: string): Promise<void>;
  /** Whether files of the phone's gallery count. */
  allowsGallery: boolean;
}

export type EvidenceSubjects = Readonly<Partial<Record<EvidencePurpose, EvidenceSubject>>>;

/** @throws AppError evidence.subject_not_found where nothing of this purpose takes pictures */
export function subjectOf(subjects: EvidenceSubjects, purpose: EvidencePurpose): EvidenceSubject {
  const subject = subjects[purpose];
  if (!subject) throw new AppError("evidence.subject_not_found");
  return subject;
}
