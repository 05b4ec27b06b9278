/** WGS-84 degrees. */
interface Place {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

/** RFC 5870: any map of the phone opens it; WGS-84 by definition. */
export function geoAddress({ latitudeDegrees, longitudeDegrees }: Place, name: string): string {
  const place = `${latitudeDegrees},${longitudeDegrees}`;
  return `geo:${place}?q=${place}(${encodeURIComponent(name)})`;
}

/** Amap's URI API: it moves the place onto its own map itself when told that it is WGS-84. */
export function amapAddress({ latitudeDegrees, longitudeDegrees }: Place, name: string): string {
  const address = new URL("https://uri.amap.com/navigation");
  address.searchParams.set("to", `${longitudeDegrees},${latitudeDegrees},${name}`);
  address.searchParams.set("mode", "car");
  address.searchParams.set("coordinate", "wgs84");
  return address.href;
}
