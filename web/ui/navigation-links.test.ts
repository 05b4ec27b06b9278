import { expect, test } from "vitest";
import { amapAddress, geoAddress } from "./navigation-links.ts";

const place = { latitudeDegrees: 28.9, longitudeDegrees: 119.8125 };

test("a place is handed to any map as latitude, longitude and its name", () => {
  expect(geoAddress(place, "演示医院 (东)")).toBe(
    "geo:28.9,119.8125?q=28.9,119.8125(%E6%BC%94%E7%A4%BA%E5%8C%BB%E9%99%A2%20(%E4%B8%9C))",
  );
});

test("Amap is given longitude first and told that the place is WGS-84", () => {
  const address = new URL(amapAddress(place, "演示医院"));
  expect(address.searchParams.get("to")).toBe("119.8125,28.9,演示医院");
  expect(address.searchParams.get("coordinate")).toBe("wgs84");
});
