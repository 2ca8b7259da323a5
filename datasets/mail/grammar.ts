/** Short mails and notes of an office that does not exist, from a grammar: enough turns of phrase that a model must learn, not copy. */
import type { Random } from '../../src/core/random.ts';

const first =
  'ada ben cleo dan emma finn gina hugo iris jon kira liam mona noah olga paul rosa sam tess uma vera will yara zoe'.split(' ');
const last = 'brook cole dunn ford gray hill kent lane moor nash park quill reed shaw tate vale west york adler birch'.split(' ');
const days = 'monday tuesday wednesday thursday friday'.split(' ');
const things = 'report budget contract invoice draft plan survey order summary slides'.split(' ');
const rooms = 'hall garden library kitchen office workshop studio archive'.split(' ');
const goods = 'paper chairs lamps cables keys boxes cups screens'.split(' ');
const moods = 'fine late early ready almost done well on time'.split(' ');

/** One mail or note of at most 70 characters. */
export function mail(random: Random): string {
  const one = (list: readonly string[]) => list[random.integer(list.length)] as string;
  const hour = () => `${8 + random.integer(10)}`;
  const room = () => `room ${1 + random.integer(40)}`;
  const name = () => one(first);
  const sentence = () => {
    switch (random.integer(9)) {
      case 0:
        return `the meeting on ${one(days)} is at ${hour()} in ${room()}.`;
      case 1:
        return `please send the ${one(things)} to ${name()} by ${one(days)}.`;
      case 2:
        return `the ${one(things)} for ${one(days)} is ${one(moods)}.`;
      case 3:
        return `we need ${2 + random.integer(30)} more ${one(goods)} in the ${one(rooms)}.`;
      case 4:
        return `${name()} will be in the ${one(rooms)} at ${hour()}.`;
      case 5:
        return `has ${name()} seen the ${one(things)} of ${one(days)}?`;
      case 6:
        return `lunch is at ${hour()} in the ${one(rooms)}.`;
      case 7:
        return `the ${one(goods)} are in ${room()}, ask ${name()}.`;
      default:
        return `thank you for the ${one(things)}.`;
    }
  };
  const body = sentence();
  const greeting = random.uniform() < 0.4 ? `${name()}, ` : '';
  const farewell = random.uniform() < 0.3 ? ` ${name()}` : '';
  return `${greeting}${body}${farewell}`;
}

/** As many different people as are asked for. */
export function people(count: number, random: Random): string[] {
  const all = first.flatMap((one) => last.map((other) => `${one} ${other}`));
  return Array.from(random.permutation(all.length).subarray(0, count), (at) => all[at] as string);
}
