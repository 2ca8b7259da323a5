/** How wide an element is, and whether it is on the screen or just below it: watched for all elements by one observer each. */
type Watcher = (seen: { readonly width?: number; readonly near?: boolean }) => void;

const watchers = new Map<Element, Watcher>();

const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) watchers.get(target)?.({ width: Math.floor(contentRect.width) });
});
const places = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) watchers.get(target)?.({ near: isIntersecting });
  },
  { rootMargin: '150px' },
);

/** Returns what ends it. */
export function watch(element: Element, watcher: Watcher): () => void {
  watchers.set(element, watcher);
  sizes.observe(element);
  places.observe(element);
  return () => {
    watchers.delete(element);
    sizes.unobserve(element);
    places.unobserve(element);
  };
}
