import type { Bench } from "./bench.ts";
import { frames } from "./benches/frames.ts";

export const benches: readonly Bench[] = [frames];
