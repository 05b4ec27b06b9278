import { z } from "zod";

/** Where a reader has come to: the change after which to go on, in one life of the database. */
export interface FeedCursor {
  epoch: string;
  /** Transaction number, as text: it has 64 bits. */
  xid: string;
  id: string;
}

const stored = z.object({ e: z.uuid(), x: z.string().regex(/^\d{1,19}$/), i: z.uuid() });

export function writeCursor({ epoch, xid, id }: FeedCursor): string {
  return Buffer.from(JSON.stringify({ e: epoch, x: xid, i: id })).toString("base64url");
}

/** Undefined for what this platform never wrote. */
export function readCursor(text: string): FeedCursor | undefined {
  try {
    const { e, x, i } = stored.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { epoch: e, xid: x, id: i };
  } catch {
    return undefined;
  }
}
