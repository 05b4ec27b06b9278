import { everyone, type MatrixRow, seen } from "./matrix-row.ts";
import { samples } from "./matrix-samples.ts";

/** The lines of cameras in the matrix. Who sees people somewhere sees what cameras took there. */
export const cameraMatrix: Record<string, MatrixRow> = {
  // A chip's own: no person's role opens them.
  "POST /api/chip-pictures": everyone({ body: {} }),
  "PATCH /api/chip-pictures/:pictureId": everyone({ body: {} }),
  "GET /api/machines/:machineId/cameras": seen(),
  "PUT /api/cameras/:cameraId": seen({ body: { name: "演示机位" } }),
  "GET /api/machines/:machineId/camera-records": seen(),
  "GET /api/alarms/:alarmId/camera-records": seen(),
  "GET /api/camera-pictures/:pictureId/content": seen(),
  "GET /api/camera-clips/:clipId/content": seen(),
  "POST /api/machines/:machineId/picture-requests": seen(samples.reason),
  "POST /api/cameras/:cameraId/watches": seen(samples.reason),
  "GET /api/camera-watches/:watchId/frame": seen(),
  "DELETE /api/camera-watches/:watchId": seen(),
};
