/** Keeps pictures and other files by their content: the name is the SHA-256 of the bytes, 64 hex digits. */
export interface BlobStore {
  /** Resolves when the bytes are durable. The same bytes twice are kept once. */
  put(bytes: Uint8Array): Promise<string>;
  /** Undefined when nothing of that name is kept, or what is kept has changed since. */
  read(digest: string): Promise<Uint8Array | undefined>;
}
