import { PlacesMap } from "../../map/places-map.tsx";
import { useMapWords } from "./use-map-words.ts";

type Props = Omit<Parameters<typeof PlacesMap>[0], "words">;

/** Places on a map of their own, beside what is said of them. */
export function PlacesPanel(props: Props) {
  const words = useMapWords();
  return (
    <div className="panel call-map">
      <PlacesMap {...props} words={words} />
    </div>
  );
}
