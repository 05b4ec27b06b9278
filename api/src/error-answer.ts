import { z } from "zod";

/** What every refusal and failure looks like on the wire, whatever its status. */
export const errorAnswer = z
  .object({
    error: z.object({
      /** Stable, for programs: `machine.not_found`. */
      code: z.string(),
      /** For people, in the caller's language, with what to do next. */
      message: z.string(),
      /** For status 400: each wrong field, by its path (`body.phone`), and how to put it right. */
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
      /** Facts a page may use, such as `retryAfterSeconds`. */
      details: z.record(z.string(), z.unknown()).optional(),
      /** Quote this when asking an operator. */
      requestId: z.string(),
    }),
  })
  .meta({ id: "ErrorAnswer" });
export type ErrorAnswer = z.infer<typeof errorAnswer>;
