/** Reads QR codes: the browser's own detector where it has one, else ZXing compiled to WebAssembly, from this server. */
import { prepareZXingModule, BarcodeDetector as ZxingDetector } from "barcode-detector/ponyfill";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";

export interface Decoder {
  /** The texts of the QR codes in the picture, nearest to its middle first; empty when there is none. */
  read(picture: ImageBitmapSource): Promise<string[]>;
}

interface NativeDetector {
  new (options: {
    formats: string[];
  }): { detect(picture: ImageBitmapSource): Promise<{ rawValue: string }[]> };
  getSupportedFormats(): Promise<string[]>;
}

/** Starts loading at once; resolves when the first picture can be read. */
export async function openDecoder(): Promise<Decoder> {
  const native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector;
  if (native && (await native.getSupportedFormats()).includes("qr_code")) {
    const detector = new native({ formats: ["qr_code"] });
    return { read: async (picture) => (await detector.detect(picture)).map((code) => code.rawValue) };
  }
  await prepareZXingModule({
    // The library's default is a public CDN.
    overrides: {
      locateFile: (path: string, prefix: string) => (path.endsWith(".wasm") ? wasmUrl : prefix + path),
    },
    fireImmediately: true,
  });
  const detector = new ZxingDetector({ formats: ["qr_code"] });
  return { read: async (picture) => (await detector.detect(picture)).map((code) => code.rawValue) };
}
