/** Where short names stand beside their marks so that no name lies on another one, or on another mark. */
interface Place {
  readonly x: number;
  readonly y: number;
}

interface Room extends Place {
  readonly width: number;
  readonly height: number;
}

/** Of a name of two characters, in pixels. */
const name = { width: 20, height: 13 };
const mark = 6;

/** To the right above, to the left above, and so on; then further up and down. */
const offsets = [0, name.height, 2 * name.height].flatMap((further) => [
  { x: 17, y: -6 - further },
  { x: -17, y: -6 - further },
  { x: 17, y: 15 + further },
  { x: -17, y: 15 + further },
]);

/**
 * @param room what the names are to stay within
 * @returns the middle of each name's foot
 */
export function placesBeside(marks: readonly Place[], room: Room): readonly Place[] {
  const taken: Place[] = [];
  for (const { x, y } of marks) {
    const places = offsets.map((offset) => ({ x: x + offset.x, y: y + offset.y })).filter((place) => isIn(place, room));
    const free = places.find(
      (place) => !taken.some((other) => overlap(place, other)) && !marks.some((other) => covers(place, other)),
    );
    taken.push(free ?? places[0] ?? { x, y });
  }
  return taken;
}

const isIn = ({ x, y }: Place, room: Room) =>
  x - name.width / 2 >= room.x &&
  x + name.width / 2 <= room.x + room.width &&
  y - name.height >= room.y - name.height / 2 &&
  y <= room.y + room.height;
const overlap = (a: Place, b: Place) => Math.abs(a.x - b.x) < name.width && Math.abs(a.y - b.y) < name.height;
const covers = (text: Place, { x, y }: Place) =>
  Math.abs(text.x - x) < name.width / 2 + mark && Math.abs(text.y - name.height / 2 + 2 - y) < name.height / 2 + mark;
