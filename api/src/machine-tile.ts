/** What a machine tile tells of one place: a machine, or a count of a square of the grid. */
export interface MachineTileFeature {
  /** Within the tile, from its north-western corner; the tile is 4,096 wide. */
  x: number;
  y: number;
  properties: Record<string, unknown>;
}

/** The width of a tile in the units of its features. */
export const TILE_EXTENT = 4_096;

/**
 * The points of a machine tile, which has one layer (Mapbox vector tile 2.1, §4); for who has no map library.
 * @throws RangeError where it is cut short
 */
export function readMachineTile(bytes: Uint8Array): MachineTileFeature[] {
  const layer = fieldsOf(bytes).find(({ field }) => field === 3);
  if (!layer) return [];
  const parts = fieldsOf(layer.value as Uint8Array);
  const of = (field: number) =>
    parts.filter((part) => part.field === field).map(({ value }) => value as Uint8Array);
  const keys = of(3).map((key) => new TextDecoder().decode(key));
  const values = of(4).map(wordOf);
  return of(2).map((feature) => {
    const own = fieldsOf(feature);
    const [tags, geometry] = [2, 4].map((field) =>
      varintsOf(own.find((part) => part.field === field)?.value as Uint8Array),
    );
    const properties: Record<string, unknown> = {};
    for (let n = 0; n < tags!.length; n += 2) properties[keys[tags![n]!]!] = values[tags![n + 1]!];
    const zigzag = (n: number) => (n >>> 1) ^ -(n & 1);
    return { x: zigzag(geometry![1]!), y: zigzag(geometry![2]!), properties };
  });
}

function wordOf(bytes: Uint8Array): unknown {
  const { field, value } = fieldsOf(bytes)[0]!;
  if (field === 1) return new TextDecoder().decode(value as Uint8Array);
  if (field === 6) return ((value as number) >>> 1) ^ -((value as number) & 1);
  return field === 7 ? value === 1 : value;
}

function varintsOf(bytes: Uint8Array = new Uint8Array()): number[] {
  const found: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [value, next] = varint(bytes, at);
    found.push(value);
    at = next;
  }
  return found;
}

function fieldsOf(bytes: Uint8Array): { field: number; value: number | Uint8Array }[] {
  const fields: { field: number; value: number | Uint8Array }[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [tag, next] = varint(bytes, at);
    const [number, after] = varint(bytes, next);
    const isBytes = (tag & 7) === 2;
    fields.push({ field: tag >>> 3, value: isBytes ? bytes.subarray(after, after + number) : number });
    at = isBytes ? after + number : after;
  }
  return fields;
}

function varint(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let n = 0; ; n++) {
    const byte = bytes[at + n];
    if (byte === undefined) throw new RangeError("the tile is cut short");
    value += (byte & 0x7f) * 2 ** (7 * n);
    if (byte < 0x80) return [value, at + n + 1];
  }
}
