import type { DrawnShape, KeyAreaDetail, KeyAreaKind, keyAreaRoutes, SentBody } from "@hanyouxu/api";

type CreateBody = SentBody<typeof keyAreaRoutes.createKeyArea>;
type Validity = KeyAreaDetail["validity"];

/** What the form holds. The shape is drawn, not typed. */
export interface AreaFields {
  name: string;
  kind: KeyAreaKind;
  regime: KeyAreaDetail["regime"];
  region: string;
  siteOwnerEnterpriseId?: string;
  address: string;
  /** Typed as on the doors: `B1, 1, 2`. */
  floors: string;
  minHeightMetres: number | null;
  maxHeightMetres: number | null;
  contacts: { name: string; phone: string }[];
  /** Whether `contacts` replaces what is kept. */
  openingHours: { weekdays: number[]; opensAt: string; closesAt: string }[];
  specialPeriods: { name: string; fromDay: string; untilDay: string; rule: "forbidden" | "closed" }[];
  fromDay: string;
  untilDay: string;
  policy: KeyAreaDetail["policy"];
  reason: string;
}

export function bodyOf(fields: AreaFields, shape: DrawnShape): CreateBody {
  const floors = fields.floors.split(/[\s,，、;；]+/).filter(Boolean);
  const contacts = (fields.contacts ?? []).filter(({ name, phone }) => name || phone);
  return {
    kind: fields.kind,
    regime: fields.regime,
    name: fields.name,
    region: fields.region ?? "",
    siteOwnerEnterpriseId: fields.siteOwnerEnterpriseId ?? null,
    address: fields.address || null,
    ...(contacts.length > 0 ? { contacts } : {}),
    shape,
    floors: floors.length > 0 ? floors : null,
    minHeightMetres: fields.minHeightMetres ?? null,
    maxHeightMetres: fields.maxHeightMetres ?? null,
    validity: {
      from: fields.fromDay ? startOfDay(fields.fromDay) : null,
      until: fields.untilDay ? startOfDay(fields.untilDay) : null,
      openingHours: fields.openingHours ?? [],
      specialPeriods: fields.specialPeriods ?? [],
    },
    policy: fields.policy,
    reason: fields.reason,
  };
}

export function fieldsOf(area: KeyAreaDetail): AreaFields {
  const { validity } = area;
  return {
    name: area.name,
    kind: area.kind,
    regime: area.regime,
    region: area.region,
    ...(area.siteOwnerEnterpriseId ? { siteOwnerEnterpriseId: area.siteOwnerEnterpriseId } : {}),
    address: area.address ?? "",
    floors: area.floors?.join(", ") ?? "",
    minHeightMetres: area.minHeightMetres,
    maxHeightMetres: area.maxHeightMetres,
    contacts: [],
    openingHours: hoursOf(validity),
    specialPeriods: validity.specialPeriods.map((period) => ({ ...period })),
    fromDay: dayOf(validity.from),
    untilDay: dayOf(validity.until),
    policy: area.policy,
    reason: "",
  };
}

function hoursOf({ openingHours }: Validity): AreaFields["openingHours"] {
  return openingHours.map(({ weekdays, ...times }) => ({ ...times, weekdays: [...weekdays] }));
}

/** Days are those of Asia/Shanghai, which keeps UTC+8 all the year. */
function startOfDay(day: string): string {
  const at = Date.parse(`${day}T00:00:00+08:00`);
  // Nonsense goes to the platform as it is, which names the field.
  return Number.isNaN(at) ? day : new Date(at).toISOString();
}

function dayOf(instant: string | null): string {
  return instant === null ? "" : new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}
