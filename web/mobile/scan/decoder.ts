/** Reads QR codes: the browser's own detector where it has one, else ZXing compiled to WebAssembly, from this server. */
import {
  prepareZXingModule,
  purgeZXingModule,
  BarcodeDetector as ZxingDetector,
} from "barcode-detector/ponyfill";
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

/** One and the same object: for any other the library loads and compiles its module anew. */
const overrides = {
  // The library's default is a public CDN.
  locateFile: (path: string, prefix: string) => (path.endsWith(".wasm") ? wasmUrl : prefix + path),
};

/**
 * Starts loading at once; resolves when the first picture can be read. Rejects when what reads codes cannot be loaded;
 * the next call tries again.
 */
export async function openDecoder(): Promise<Decoder> {
  const native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector;
  if (native && (await native.getSupportedFormats()).includes("qr_code")) {
    const detector = new native({ formats: ["qr_code"] });
    return { read: async (picture) => (await detector.detect(picture)).map((code) => code.rawValue) };
  }
  try {
    await prepareZXingModule({ overrides, fireImmediately: true });
  } catch (error) {
    // The library would answer with this failure for as long as the page lives.
    purgeZXingModule();
    throw error;
  }
  const detector = new ZxingDetector({ formats: ["qr_code"] });
  return { read: async (picture) => (await detector.detect(picture)).map((code) => code.rawValue) };
}
