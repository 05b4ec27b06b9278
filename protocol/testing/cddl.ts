/**
 * As much of RFC 8610 as hy1.cddl uses: checks a decoded CBOR value against a rule, so that the schema cannot drift
 * from the code. Arrays with groups, choices and occurrences, maps with integer keys, ranges, .size, .cbor, &(…).
 */
type Token = string;
type Group = Entry[][];
interface Entry {
  min: number;
  max: number;
  /** A map's key. */
  key?: number;
  type: Type;
}
type Type =
  | { is: "number"; low: number; high: number }
  | { is: "text"; value: string }
  | { is: "name"; name: string; size?: [number, number]; cbor?: string }
  | { is: "array" | "map" | "group"; group: Group }
  | { is: "enumeration"; names: Map<string, number> }
  | { is: "choice"; of: Type[] };

export class Cddl {
  readonly #rules = new Map<string, Type>();
  readonly #decode: (bytes: Uint8Array) => unknown;

  constructor(source: string, decode: (bytes: Uint8Array) => unknown) {
    this.#decode = decode;
    const tokens =
      source.replaceAll(/;[^\n]*/g, "").match(/"[^"]*"|=>|\/\/|\.\.|\.[a-z]+|-?\d+|[a-zA-Z][\w-]*|[^\s]/g) ??
      [];
    const parser = new Parser(tokens);
    while (!parser.isAtEnd()) {
      const name = parser.take();
      parser.expect("=");
      this.#rules.set(name, parser.type());
    }
  }

  /** The names of the rules. */
  names(): string[] {
    return [...this.#rules.keys()];
  }

  /** The names and numbers of an enumeration `&(name: number, …)`. */
  enumeration(rule: string): Record<string, number> {
    const type = this.#rule(rule);
    if (type.is !== "enumeration") throw new Error(`${rule} is no enumeration`);
    return Object.fromEntries(type.names);
  }

  /** The numbers of a rule's choices by the name that ends each: `(0, header, grant) // (1, header, revoke) // …`. */
  numberedChoices(rule: string): Record<string, number> {
    const found: Record<string, number> = {};
    const visit = (type: Type): void => {
      if (type.is !== "group" && type.is !== "array") return;
      if (type.group.length === 1) {
        for (const entry of type.group[0]!) visit(entry.type);
        return;
      }
      for (const [entry] of type.group) {
        if (entry?.type.is !== "group") continue;
        const number = entry.type.group[0]![0]!.type;
        const name = entry.type.group[0]!.at(-1)!.type;
        if (number.is === "number" && name.is === "name") found[name.name] = number.low;
      }
    };
    visit(this.#rule(rule));
    return found;
  }

  matches(rule: string, value: unknown): boolean {
    return this.#matches(this.#rule(rule), value);
  }

  #rule(name: string): Type {
    const rule = this.#rules.get(name);
    if (!rule) throw new Error(`no rule ${name}`);
    return rule;
  }

  #matches(type: Type, value: unknown): boolean {
    switch (type.is) {
      case "number":
        return typeof value === "number" && value >= type.low && value <= type.high;
      case "text":
        return value === type.value;
      case "enumeration":
        return [...type.names.values()].includes(value as number);
      case "choice":
        return type.of.some((choice) => this.#matches(choice, value));
      case "array":
        return Array.isArray(value) && this.#ends(type.group, value, 0).has(value.length);
      case "map":
        return value instanceof Map && this.#matchesMap(type.group, value);
      case "group":
        return this.#ends(type.group, [value], 0).has(1);
      case "name":
        return this.#matchesName(type, value);
    }
  }

  #matchesName(type: Type & { is: "name" }, value: unknown): boolean {
    switch (type.name) {
      case "bool":
        return typeof value === "boolean";
      case "nil":
        return value === null;
      case "int":
        return Number.isSafeInteger(value);
      case "bstr":
        if (!(value instanceof Uint8Array) || !within(value.length, type.size)) return false;
        return type.cbor === undefined || this.#matches(this.#rule(type.cbor), this.#decode(value));
      case "tstr":
        return typeof value === "string" && within(value.length, type.size);
      default:
        return this.#matches(this.#rule(type.name), value);
    }
  }

  #matchesMap(group: Group, map: ReadonlyMap<unknown, unknown>): boolean {
    const entries = group[0]!;
    return (
      map.size === entries.length &&
      entries.every((entry) => map.has(entry.key) && this.#matches(entry.type, map.get(entry.key)))
    );
  }

  /** Where a match of `group` that starts at `start` can end. */
  #ends(group: Group, items: readonly unknown[], start: number): Set<number> {
    const ends = new Set<number>();
    for (const alternative of group) {
      let reached = new Set([start]);
      for (const entry of alternative) reached = this.#repeat(entry, items, reached);
      for (const end of reached) ends.add(end);
    }
    return ends;
  }

  #repeat(entry: Entry, items: readonly unknown[], starts: Set<number>): Set<number> {
    const ends = new Set<number>(entry.min === 0 ? starts : []);
    let reached = starts;
    for (let count = 1; count <= entry.max && reached.size > 0; count++) {
      reached = new Set([...reached].flatMap((start) => [...this.#once(entry.type, items, start)]));
      if (count >= entry.min) for (const end of reached) ends.add(end);
    }
    return ends;
  }

  #once(type: Type, items: readonly unknown[], start: number): Set<number> {
    if (type.is === "group") return this.#ends(type.group, items, start);
    if (type.is === "name") {
      const rule = this.#rules.get(type.name);
      if (rule && (rule.is === "group" || rule.is === "name")) return this.#once(rule, items, start);
    }
    return start < items.length && this.#matches(type, items[start]) ? new Set([start + 1]) : new Set();
  }
}

function within(length: number, size: [number, number] | undefined): boolean {
  return size === undefined || (length >= size[0] && length <= size[1]);
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  isAtEnd(): boolean {
    return this.#next >= this.#tokens.length;
  }

  take(): Token {
    return this.#tokens[this.#next++] ?? "";
  }

  expect(token: Token): void {
    const found = this.take();
    if (found !== token) throw new Error(`expected ${token}, found ${found} at token ${this.#next}`);
  }

  #skip(token: Token): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next++;
    return true;
  }

  type(): Type {
    const choices = [this.#single()];
    while (this.#skip("/")) choices.push(this.#single());
    return choices.length === 1 ? choices[0]! : { is: "choice", of: choices };
  }

  #single(): Type {
    const token = this.take();
    if (token === "[") return { is: "array", group: this.#group("]") };
    if (token === "{") return { is: "map", group: this.#group("}") };
    if (token === "(") return { is: "group", group: this.#group(")") };
    if (token === "&") return this.#enumeration();
    if (token.startsWith('"')) return { is: "text", value: token.slice(1, -1) };
    if (/^-?\d/.test(token)) {
      const low = Number(token);
      return { is: "number", low, high: this.#skip("..") ? Number(this.take()) : low };
    }
    const named: Type & { is: "name" } = { is: "name", name: token };
    if (this.#skip(".cbor")) named.cbor = this.take();
    if (this.#skip(".size")) named.size = this.#size();
    return named;
  }

  #size(): [number, number] {
    if (!this.#skip("(")) {
      const exact = Number(this.take());
      return [exact, exact];
    }
    const low = Number(this.take());
    this.expect("..");
    const high = Number(this.take());
    this.expect(")");
    return [low, high];
  }

  #enumeration(): Type {
    this.expect("(");
    const names = new Map<string, number>();
    while (!this.#skip(")")) {
      const name = this.take();
      this.expect(":");
      names.set(name, Number(this.take()));
      this.#skip(",");
    }
    return { is: "enumeration", names };
  }

  #group(close: Token): Group {
    const alternatives: Group = [[]];
    while (!this.#skip(close)) {
      if (this.#skip(",")) continue;
      if (this.#skip("//")) alternatives.push([]);
      else alternatives.at(-1)!.push(this.#entry());
    }
    return alternatives;
  }

  #entry(): Entry {
    const entry: Entry = { min: 1, max: 1, type: { is: "text", value: "" } };
    if (this.#tokens[this.#next + 1] === "*") {
      entry.min = Number(this.take());
      this.expect("*");
      entry.max = Number(this.take());
    }
    const following = this.#tokens[this.#next + 1];
    if (following === "=>") {
      entry.key = Number(this.take());
      this.take();
    } else if (following === ":") {
      this.take();
      this.take();
    }
    entry.type = this.type();
    return entry;
  }
}
