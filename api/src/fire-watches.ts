import { z } from "zod";
import { enterpriseParams } from "./enterprises.ts";
import { bilingual } from "./language.ts";
import { defineRoute } from "./route.ts";
import { phone } from "./sign-in.ts";

/** Somebody who looks after hot work for an enterprise, with the training that lets him. Name and phone are masked. */
export const fireWatch = z
  .object({
    fireWatchId: z.uuid(),
    personId: z.uuid(),
    name: z.string(),
    phone: z.string().nullable(),
    trainedOn: z.iso.date(),
    /** The last day on which the training counts. */
    trainedTo: z.iso.date(),
    /** Masked. */
    certificateNumber: z.string().nullable(),
    /** As of today. */
    isTrained: z.boolean(),
    addedAt: z.iso.datetime(),
  })
  .meta({ id: "FireWatch" });
export type FireWatch = z.infer<typeof fireWatch>;

const training = {
  trainedOn: z.iso.date({ error: bilingual("请填写培训日期", "Give the day of the training") }),
  trainedTo: z.iso.date({ error: bilingual("请填写培训有效期", "Give the last day of the training") }),
  certificateNumber: z
    .string()
    .trim()
    .max(60, { error: bilingual("证书编号最多 60 个字", "A certificate's number has at most 60 characters") })
    .transform((text) => text || null)
    .nullable()
    .default(null),
};
const inOrder = ({ trainedOn, trainedTo }: { trainedOn: string; trainedTo: string }) =>
  trainedOn <= trainedTo;
const outOfOrder = {
  path: ["trainedTo"],
  error: bilingual("有效期不能早于培训日期", "The last day cannot be before the day of the training"),
};

const fireWatchParams = enterpriseParams.extend({ fireWatchId: z.uuid() });

export const fireWatchRoutes = {
  listFireWatches: defineRoute({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/fire-watches",
    tag: "enterprises",
    summary: "The fire watches of an organisation with their training, masked",
    params: enterpriseParams,
    answers: { 200: z.object({ fireWatches: z.array(fireWatch) }) },
    refusals: [401, 403, 404],
  }),
  addFireWatch: defineRoute({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/fire-watches",
    tag: "enterprises",
    summary: "Makes the holder of a phone a fire watch; a person nobody knows yet is registered",
    params: enterpriseParams,
    body: z
      .object({
        name: z
          .string()
          .trim()
          .min(2, { error: bilingual("请填写姓名（至少 2 个字）", "Give the name (at least 2 characters)") })
          .max(50),
        phone,
        ...training,
      })
      .refine(inOrder, outOfOrder),
    answers: { 200: fireWatch },
    refusals: [401, 403, 404, 409],
  }),
  retrainFireWatch: defineRoute({
    method: "PUT",
    path: "/api/enterprises/:enterpriseId/fire-watches/:fireWatchId/training",
    tag: "enterprises",
    summary: "Enters a later training of a fire watch",
    params: fireWatchParams,
    body: z.object(training).refine(inOrder, outOfOrder),
    answers: { 200: fireWatch },
    refusals: [401, 403, 404],
  }),
  endFireWatch: defineRoute({
    method: "DELETE",
    path: "/api/enterprises/:enterpriseId/fire-watches/:fireWatchId",
    tag: "enterprises",
    summary: "Somebody is no fire watch of the organisation any more; what he watched stays on record",
    params: fireWatchParams,
    answers: { 204: z.null().meta({ description: "No content" }) },
    refusals: [401, 403, 404],
  }),
};
