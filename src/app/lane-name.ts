/** What a lane is called beside its defenses: nothing where they say it themselves. */
export function ownNameOf(name: string, defenses: string): string {
  return defenses === '' || defenses.toLowerCase().includes(name.toLowerCase()) ? '' : name;
}
