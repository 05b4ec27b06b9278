import type { ChipCameras, PictureSize, TakenPicture } from "@hanyouxu/chip";
import type { Clock } from "@hanyouxu/protocol";
import sharp from "sharp";
import type { SimulatedMachine } from "../simulated-machine.ts";
import { drawScene } from "./draw-scene.ts";

const WIDTHS: Readonly<Record<PictureSize, number>> = { full: 640, small: 320 };
const QUALITY: Readonly<Record<PictureSize, number>> = { full: 60, small: 50 };

// Many machines, one core each would be too many.
sharp.concurrency(1);

/** The cameras of one simulated machine: real JPEG of a drawn scene that follows what the machine does. */
export class SimulatedCamera implements ChipCameras {
  /** Covered or broken: it gives nothing. */
  isDead = false;
  readonly #world: SimulatedMachine;
  readonly #clock: Clock;
  #taken = 0;

  constructor(world: SimulatedMachine, clock: Clock) {
    this.#world = world;
    this.#clock = clock;
  }

  async take(camera: number, size: PictureSize): Promise<TakenPicture | null> {
    if (this.isDead) return null;
    this.#taken += 1;
    const { body, controls, machine } = this.#world;
    const svg = drawScene({
      machineName: camera === 0 ? machine.name : `${machine.name} ${camera}#`,
      atMs: this.#clock.nowMs(),
      seed: this.#taken,
      isPowered: controls.relayClosed,
      isArcing: body.currentAmps > 20,
      gasPercentLel: body.gasPercentLel,
      isHousingOpen: controls.isLoopCut,
    });
    const { data, info } = await sharp(Buffer.from(svg))
      .resize({ width: WIDTHS[size] })
      .jpeg({ quality: QUALITY[size] })
      .toBuffer({ resolveWithObject: true });
    return { bytes: new Uint8Array(data), widthPixels: info.width, heightPixels: info.height };
  }
}
