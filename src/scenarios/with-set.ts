/** An experiment as a person would type it, with some values set, each by its path: `attack.rate`, `lanes.1.defenses`. */
export function withSet(given: object, set: Readonly<Record<string, unknown>>): object {
  const experiment = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
  for (const [path, value] of Object.entries(set)) {
    const keys = path.split('.');
    const place = keys.slice(0, -1).reduce((inside, key) => inside[key] as Record<string, unknown>, experiment);
    place[keys.at(-1) as string] = value;
  }
  return experiment;
}
