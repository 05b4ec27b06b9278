import { failureText } from "../ui/api.ts";

/** Why a step was not taken, where it was asked for; nothing while all is well. */
export function StepFailure({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <p className="field-error" role="alert">
      {failureText(error)}
    </p>
  );
}
