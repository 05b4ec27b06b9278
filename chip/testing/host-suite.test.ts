import { createFakeChipBench } from "./fake-chip-bench.ts";
import { describeChipHost } from "./host-suite.ts";

describeChipHost("in memory on virtual time", createFakeChipBench);
