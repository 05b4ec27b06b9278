import {
  ALARM_CELL,
  cellAt,
  decodeCellFrame,
  type LiveMessage,
  MOST_IN_VIEW,
  mercatorX,
  mercatorY,
} from "@hanyouxu/api";
import { type EnterpriseId, type MachineId, type RegionCode, VirtualClock } from "@hanyouxu/protocol";
import { expect, test } from "vitest";
import { LivePicture } from "./live-picture.ts";

const everywhere = { everywhere: true, regions: [], enterprises: [] };
const place = { longitudeDegrees: 119.8, latitudeDegrees: 28.9 };
const cell = cellAt(mercatorX(place.longitudeDegrees), mercatorY(place.latitudeDegrees));

/** Nothing is read: the machines are put where the reader would put them. */
function pictureOf(machines: number) {
  const picture = new LivePicture({ clock: new VirtualClock(0) } as never);
  for (let index = 0; index < machines; index++) {
    picture.columns.put({
      machineId: `0198c0de-0000-7000-8000-${index.toString(16).padStart(12, "0")}` as MachineId,
      name: `演示${index}`,
      regionCode: "330723100" as RegionCode,
      enterpriseId: "0198c0de-0000-7000-8000-00000000000a" as EnterpriseId,
      enterpriseType: null,
      domain: null,
      industry: null,
      process: "SMAW",
      isMobile: false,
      place,
      state: "idle",
      leaseEndsAtMs: Number.POSITIVE_INFINITY,
      alarm: index === 3 ? "danger" : null,
      currentAmps: null,
      certificateFamilies: [],
      keyAreaIds: [],
      workedAtMs: null,
    });
  }
  return picture;
}

function lookAt(picture: LivePicture) {
  const messages: LiveMessage[] = [];
  const frames: ReturnType<typeof decodeCellFrame>[] = [];
  const port = {
    sendCell: (bytes: Uint8Array) => void frames.push(decodeCellFrame(bytes)),
    bufferedBytes: () => 0,
    close() {},
  };
  const following = picture.follow(everywhere, (message) => messages.push(message), undefined, port);
  following.look({ type: "view", view: 4, cells: [cell], hasAlarms: true, filter: {}, watched: [] });
  return { told: messages.find(({ type }) => type === "view"), frames };
}

test("as many machines as a page can draw are told one by one", () => {
  const { told, frames } = lookAt(pictureOf(MOST_IN_VIEW));
  expect(told).toMatchObject({ view: 4, machines: MOST_IN_VIEW, isTooMany: false });
  expect(frames.map((frame) => [frame.cell, frame.came.length])).toEqual([
    [cell, MOST_IN_VIEW],
    [ALARM_CELL, 1],
  ]);
});

test("of more only those with an open alarm are told, and how many there are", () => {
  const { told, frames } = lookAt(pictureOf(MOST_IN_VIEW + 1));
  expect(told).toMatchObject({ view: 4, machines: MOST_IN_VIEW + 1, isTooMany: true });
  expect(frames.map((frame) => [frame.cell, frame.came.map(({ name }) => name)])).toEqual([
    [ALARM_CELL, ["演示3"]],
  ]);
});
