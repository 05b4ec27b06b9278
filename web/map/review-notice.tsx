/** Bottom right of every map: that the borders are not reviewed, or the review number (审图号) of the base map. */
export function ReviewNotice({ text }: { text: string }) {
  return <p className="map-notice">{text}</p>;
}
