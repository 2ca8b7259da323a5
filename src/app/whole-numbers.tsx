/** A sentence in which no line ends between a number and its per cent. */
export function WholeNumbers({ text }: { readonly text: string }) {
  return text.split(/([\d.,]+ %)/).map((part, place) =>
    place % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the sentence
      <span key={place} className="whole">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
