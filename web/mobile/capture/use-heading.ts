import { useCallback, useEffect, useState } from "react";

/** Safari's own: degrees from north, clockwise. */
interface CompassEvent extends DeviceOrientationEvent {
  webkitCompassHeading?: number;
}

type Asking = typeof DeviceOrientationEvent & { requestPermission?: () => Promise<"granted" | "denied"> };

/** How long a phone with a compass may take to say its first word. */
const SILENCE_MS = 2_500;

export interface Heading {
  /** Degrees, clockwise; null while unknown. */
  degrees: number | null;
  /** No compass, or it may not be read: the person says when he has turned. */
  isMissing: boolean;
  /** iOS wants to be asked in a tap. */
  ask: () => void;
}

/** Where the back of the phone points, while `isActive`. */
export function useHeading(isActive: boolean): Heading {
  const [degrees, setDegrees] = useState<number | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const ask = useCallback(() => {
    const asking = globalThis.DeviceOrientationEvent as Asking | undefined;
    void asking?.requestPermission?.().then(
      (answer) => setIsMissing(answer !== "granted"),
      () => setIsMissing(true),
    );
  }, []);
  useEffect(() => {
    if (!isActive) return;
    const silent = setTimeout(() => setIsMissing(true), SILENCE_MS);
    const turned = (event: CompassEvent) => {
      // Without a fixed zero the turn is still seen, from wherever it began: that is what coverage is about.
      const heading = event.webkitCompassHeading ?? (event.alpha === null ? null : 360 - event.alpha);
      if (heading === null) return;
      clearTimeout(silent);
      setIsMissing(false);
      setDegrees(heading);
    };
    const kind = "ondeviceorientationabsolute" in window ? "deviceorientationabsolute" : "deviceorientation";
    const listen = turned as EventListener;
    addEventListener(kind, listen);
    return () => {
      clearTimeout(silent);
      removeEventListener(kind, listen);
    };
  }, [isActive]);
  return { degrees, isMissing, ask };
}
