/** The lowest point of a function of a few numbers, by a simplex that walks downhill (Nelder & Mead 1965): it needs no slope. */
export function lowest(
  height: (point: readonly number[]) => number,
  start: readonly number[],
  steps: readonly number[],
  precision = 1e-10,
): number[] {
  const at = (point: number[]) => ({ point, height: height(point) });
  let corners = [
    at([...start]),
    ...start.map((_, i) => at(start.map((value, j) => (i === j ? value + (steps[i] as number) : value)))),
  ];
  for (let turn = 0; turn < 2000; turn++) {
    corners.sort((a, b) => a.height - b.height);
    const [best, worst, second] = [corners[0], corners.at(-1), corners.at(-2)] as [Corner, Corner, Corner];
    if (worst.height - best.height < precision) break;
    const centre = start.map(
      (_, i) => corners.slice(0, -1).reduce((sum, { point }) => sum + (point[i] as number), 0) / start.length,
    );
    const towards = (share: number) => at(centre.map((value, i) => value + share * ((worst.point[i] as number) - value)));
    const reflected = towards(-1);
    let next = reflected;
    if (reflected.height < best.height) {
      const further = towards(-2);
      if (further.height < reflected.height) next = further;
    } else if (reflected.height >= second.height) next = towards(reflected.height < worst.height ? -0.5 : 0.5);
    if (next.height < worst.height) corners[corners.length - 1] = next;
    else
      corners = [
        best,
        ...corners.slice(1).map(({ point }) => at(point.map((value, i) => (value + (best.point[i] as number)) / 2))),
      ];
  }
  return (corners.sort((a, b) => a.height - b.height)[0] as Corner).point;
}

interface Corner {
  readonly point: number[];
  readonly height: number;
}
