/** The four small pictures that double the four colours: discs are data, a lock is what protects them, a diamond is a model, an arrow attacks, a shield defends. */
const shapes = {
  data: 'M2 4c0-1.5 3-2.5 6-2.5s6 1 6 2.5v8c0 1.5-3 2.5-6 2.5S2 13.500 2 12zM2 4c0 1.500 3 2.500 6 2.500s6-1 6-2.500',
  protection: 'M3 7h10v7H3zM5 7V5a3 3 0 0 1 6 0v2',
  model: 'M8 1l7 7-7 7-7-7z',
  training: 'M13.500 8a5.500 5.500 0 1 1-2-4.200M12 .5v4H8',
  attack: 'M2 8h9M8 3.500L13.500 8 8 12.500',
  defense: 'M8 1l6 2v5c0 4-3 6-6 7-3-1-6-3-6-7V3z',
} as const;

export function Mark({ of, size = 16 }: { readonly of: keyof typeof shapes; readonly size?: number }) {
  return (
    <svg className={`mark mark-${of}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[of]} />
    </svg>
  );
}
