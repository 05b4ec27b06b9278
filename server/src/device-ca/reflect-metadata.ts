/**
 * @peculiar/x509 resolves its algorithms through tsyringe, which refuses to load without the Reflect metadata calls.
 * It uses only these three, on classes; a full polyfill is not needed.
 */
type MetadataTable = Map<unknown, unknown>;

interface ReflectWithMetadata {
  getMetadata?(key: unknown, target: object): unknown;
  getOwnMetadata?(key: unknown, target: object): unknown;
  defineMetadata?(key: unknown, value: unknown, target: object): void;
}

const reflect = Reflect as ReflectWithMetadata;

if (!reflect.getMetadata) {
  const tables = new WeakMap<object, MetadataTable>();
  const own = (key: unknown, target: object): unknown => tables.get(target)?.get(key);
  reflect.getOwnMetadata = own;
  reflect.getMetadata = (key, target) => {
    for (let owner: object | null = target; owner; owner = Object.getPrototypeOf(owner)) {
      const value = own(key, owner);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  reflect.defineMetadata = (key, value, target) => {
    const table = tables.get(target) ?? new Map();
    tables.set(target, table.set(key, value));
  };
}
