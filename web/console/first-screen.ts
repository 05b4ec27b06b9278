/**
 * Where the console begins: asks for all that the first screen is made of at once. A router that has run would ask for
 * the screen much later.
 */
// Before ours: of two rules that weigh the same, the later one wins.
import "antd/dist/antd.css";
import "./console.css";
import { rememberedLanguage } from "../ui/language.ts";
import { isMapFirst, loadTexts } from "./opening.ts";
import { giveStylesTheNonce } from "./style-nonce.ts";

giveStylesTheNonce();

void import("./main.tsx");
// Who waits for the rest says so where it fails.
const quietly = () => {};
loadTexts[rememberedLanguage()]().catch(quietly);
if (isMapFirst) {
  import("./layout/console-layout.tsx").catch(quietly);
  import("./map/map-page.tsx").catch(quietly);
}
