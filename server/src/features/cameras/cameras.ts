/** The feature's face: what sweeps and `app.ts` use of cameras. */
export { makeDueClips } from "./clips.ts";
export { forgetPassingPictures, forgetPictures } from "./forget-pictures.ts";
export { askFrameDetector } from "./look-at-pictures.ts";
export { endWatches } from "./watches.ts";
