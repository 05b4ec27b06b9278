/** Keeps bytes under a name. What it is given is encrypted already: whoever reads the store learns sizes only. */
export interface BlobStore {
  /** Durable when it resolves; the same id again replaces nothing and fails. */
  put(blobId: string, bytes: Uint8Array): Promise<void>;
  /** @throws BlobMissing */
  get(blobId: string): Promise<Uint8Array>;
  /** Writes into a blob that grows, from `atBytes` on, over whatever is there; durable when it resolves. */
  write(blobId: string, atBytes: number, bytes: Uint8Array): Promise<void>;
  /** At most `length` bytes from `atBytes` on, fewer at the end. @throws BlobMissing */
  read(blobId: string, atBytes: number, length: number): Promise<Uint8Array>;
  /** One that is not there is deleted already. */
  delete(blobId: string): Promise<void>;
}

/** The database names a blob that the store does not have: restored from different days, or tampered with. */
export class BlobMissing extends Error {
  override readonly name = "BlobMissing";

  constructor(blobId: string, options: { cause?: unknown } = {}) {
    super(`blob ${blobId} is missing`, options);
  }
}
