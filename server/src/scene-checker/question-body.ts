import type { SceneQuestion } from "./scene-checker.ts";

/** A body that can be read more than once: to sign it, to send it, to send it again. */
export interface QuestionBody {
  contentType: string;
  read(): AsyncIterable<Uint8Array>;
}

/**
 * The question of docs/guides/scene-checker.md, version 1: `multipart/form-data` (RFC 7578) with the part `question`
 * first, then each picture under its id. Written here because the platform's FormData reads every file into memory, and a
 * film may be large.
 * @param boundary letters and digits that no picture holds: random ones
 */
export function questionBody(question: SceneQuestion, boundary: string): QuestionBody {
  const { pictures } = question;
  const said = {
    version: 1,
    sceneCheckId: question.sceneCheckId,
    attempt: question.attempt,
    submittedAt: new Date(question.submittedAtMs).toISOString(),
    dueAt: new Date(question.dueAtMs).toISOString(),
    regime: question.regime,
    keyAreaKind: question.keyAreaKind,
    pictures: pictures.map(({ evidenceId, kind, mediaType, sizeBytes, sha256, takenAtMs }) => ({
      evidenceId,
      kind,
      mediaType,
      sizeBytes,
      sha256,
      takenAt: new Date(takenAtMs).toISOString(),
    })),
  };
  const head = (name: string, type: string, file = "") =>
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\ncontent-type: ${type}\r\n\r\n`,
    );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    async *read() {
      yield head("question", "application/json");
      yield Buffer.from(`${JSON.stringify(said)}\r\n`);
      for (const { evidenceId, mediaType, open } of pictures) {
        yield head(evidenceId, mediaType, `; filename="${evidenceId}"`);
        yield* open();
        yield Buffer.from("\r\n");
      }
      yield Buffer.from(`--${boundary}--\r\n`);
    },
  };
}
