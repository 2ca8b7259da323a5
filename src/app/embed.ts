/** The page inside another one, such as a course page or slides: `?embed=1`. */
export const isEmbedded = new URLSearchParams(location.search).get('embed') === '1';

/** Until somebody can see it: it has come onto the screen, in a tab that is looked at. */
export async function untilSeen(): Promise<void> {
  await new Promise<void>((seen) => {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      seen();
    });
    observer.observe(document.getElementById('root') as HTMLElement);
  });
  if (!document.hidden) return;
  await new Promise<void>((shown) => {
    const look = () => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', look);
      shown();
    };
    document.addEventListener('visibilitychange', look);
  });
}
