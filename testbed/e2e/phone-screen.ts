/** Points as fine as a phone's are for who looks at the pictures; software draws four times as many then. */
const isLookedAt = [process.env.HY_LOOK, process.env.HY_SCREENSHOTS].some(Boolean);

/** A welder's phone, as a browser context is told of it. */
export const PHONE_SCREEN = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: isLookedAt ? 2 : 1,
  hasTouch: true,
  isMobile: true,
};
