import type { PersonId } from "@hanyouxu/protocol";
import type { PictureType } from "../../pictures/clean-picture.ts";

export interface ModelPicturesTable {
  picture_id: string;
  media_type: PictureType;
  size_bytes: number;
  sha256: Uint8Array;
  key_ciphertext: Uint8Array;
  uploaded_by: PersonId;
  uploaded_at: Date;
}

export interface AdaptationProfilePicturesTable {
  profile_key: string;
  version: number;
  picture_id: string;
}

export interface ModelPicturesTables {
  model_pictures: ModelPicturesTable;
  adaptation_profile_pictures: AdaptationProfilePicturesTable;
}
