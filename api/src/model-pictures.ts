import { z } from "zod";
import { photoBodyBytes, photoData } from "./certificates.ts";
import { defineRoute } from "./route.ts";

/** Pictures that adaptation profiles show beside the installer's steps. */
export const modelPictureRoutes = {
  addModelPicture: defineRoute({
    method: "POST",
    path: "/api/machine-models/pictures",
    tag: "machine models",
    summary:
      "A picture for a step of an adaptation profile; forgotten after a day unless a version of a profile names it",
    body: z.object({ photo: photoData }),
    bodyLimitBytes: photoBodyBytes,
    answers: { 201: z.object({ pictureKey: z.uuid() }) },
    refusals: [401, 403],
  }),
  /** The bytes of the picture, its own type. A key always means the same picture. */
  getModelPicture: defineRoute({
    method: "GET",
    path: "/api/machine-models/pictures/:pictureKey",
    tag: "machine models",
    summary: "A picture of a step of an adaptation profile",
    params: z.object({ pictureKey: z.uuid() }),
    answers: { 200: z.unknown().meta({ description: "image/jpeg, image/png or image/webp" }) },
    refusals: [401, 403, 404],
  }),
};

/** Where a page finds a picture of a step. */
export function modelPicturePath(pictureKey: string): string {
  return modelPictureRoutes.getModelPicture.path.replace(":pictureKey", pictureKey);
}
