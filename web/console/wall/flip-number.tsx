/** A number whose digits turn over one by one as they change; read out as one. */
export function FlipNumber({ value }: { value: number | null }) {
  const text = value === null ? "–" : value.toLocaleString("en-US");
  // By its place from the right: a digit more to the left does not turn the others.
  const signs = [...text].map((sign, index) => ({ sign, key: `${text.length - index} ${sign}` }));
  return (
    <>
      <span className="flip" aria-hidden="true">
        {signs.map(({ sign, key }) => (
          <span key={key} className={/\d/.test(sign) ? "flip-digit" : "flip-mark"}>
            {sign}
          </span>
        ))}
      </span>
      <span className="visually-hidden">{text}</span>
    </>
  );
}
