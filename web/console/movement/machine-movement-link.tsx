import { movementRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { MovementKindTag } from "./movement-kind.tsx";

/** On a machine's page: fixed or mobile, and the way to why. Nothing while it is not known. */
export function MachineMovementLink({ machineId }: { machineId: string }) {
  const movement = useQuery({
    queryKey: ["movement", "machine", machineId],
    queryFn: ({ signal }) => api.call(movementRoutes.getMachineMovement, { params: { machineId }, signal }),
  });
  if (!movement.data) return null;
  return (
    <Link to={`/movement/${machineId}`}>
      <MovementKindTag kind={movement.data.kind} isByHand={movement.data.isOverridden} />
    </Link>
  );
}
