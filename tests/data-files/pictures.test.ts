import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import { areaAverage } from '../../src/data-files/area-average.ts';
import { pictureSize } from '../../src/data-files/picture-header.ts';
import { readExamples } from '../../src/data-files/read-examples.ts';
import { counting, encode, file, fromBase64, join, picture, read, refusalOf, zip } from './build.ts';

const grey = (value: number) => [value, value, value, 255];
/** 40 pictures of `height` × `width`, in the folders cats and dogs. */
const album = (width = 3, height = 2, pixel: (i: number) => readonly number[] = (i) => grey(i * 30)) =>
  counting(40, 2).map((kind, i) => file(`pets/${kind ? 'dogs' : 'cats'}/${i}.png`, picture(width, height, pixel)));

describe('pictures by class', () => {
  it('of one size become grey pictures in [0, 1], their folders the classes', async () => {
    const { examples, ...rest } = await read(...album());
    expect(rest).toEqual({
      shape: [2, 3, 1],
      classNames: ['cats', 'dogs'],
      columns: [],
      from: 'the folder: 40 pictures of 2 × 3 with labels of 2 classes',
      notes: [],
    });
    expect(examples.inputs.subarray(0, 6)).toEqual(Float32Array.from([0, 30, 60, 90, 120, 150], (value) => value / 255));
    expect([...examples.labels]).toEqual(counting(40, 2));
  });

  it('may come in a zip file, beside other things', async () => {
    const files = Object.fromEntries(album().map(({ name, bytes }) => [name, bytes]));
    const { examples, from, notes } = await read(
      file('pets.zip', zip({ ...files, 'pets/README.txt': 'hello', 'pets/cats/.DS_Store': 'x' })),
    );
    expect(examples).toEqual((await read(...album())).examples);
    expect(from).toBe('pets.zip: 40 pictures of 2 × 3 with labels of 2 classes');
    expect(notes).toEqual(['Left out: pets/README.txt.']);
  });

  it('have three channels if one pixel of one of them is in colour', async () => {
    const files = album().with(
      2,
      file(
        'pets/cats/2.png',
        picture(3, 2, (i) => (i === 1 ? [255, 0, 51, 255] : grey(102))),
      ),
    );
    const { examples, shape, from } = await read(...files);
    expect(shape).toEqual([2, 3, 3]);
    expect(from).toBe('the folder: 40 pictures of 2 × 3 in colour with labels of 2 classes');
    const at = (row: number) => examples.inputs.subarray(row * 18, row * 18 + 6);
    expect(at(0)).toEqual(Float32Array.of(0, 0, 0, 30 / 255, 30 / 255, 30 / 255));
    expect(at(2)).toEqual(Float32Array.of(0.4, 0.4, 0.4, 1, 0, 0.2));
    expect(at(3)).toEqual(at(0));
  });

  it('of several sizes are averaged down to the smallest height and the smallest width', async () => {
    const files = album(4, 2).with(1, file('pets/dogs/1.png', picture(2, 6, grey)));
    const { examples, shape, notes } = await read(...files);
    expect(shape).toEqual([2, 2, 1]);
    expect([...examples.inputs.subarray(0, 4)].map((value) => Math.round(value * 255))).toEqual([15, 75, 135, 195]);
    expect([...examples.inputs.subarray(4, 8)].map((value) => Math.round(value * 255))).toEqual([2, 3, 8, 9]);
    expect(notes).toEqual(['For a common size of 2 × 2, 40 pictures shrank by area averaging.']);
  });

  it('that are large shrink until the longer side has 64 pixels', async () => {
    const { shape, notes } = await read(...album(128, 10));
    expect(shape).toEqual([5, 64, 1]);
    expect(notes).toEqual(['For a common size of 5 × 64, 40 pictures shrank by area averaging.']);
  });

  it('that are transparent lie over white', async () => {
    const { examples, notes } = await read(...album(1, 1, () => [0, 0, 0, 51]));
    expect(examples.inputs[0]).toBeCloseTo(0.8, 6);
    expect(notes).toEqual(['The transparent parts of 40 pictures are laid over white.']);
  });

  it('in folders that are numbers have their classes in the order of the numbers', async () => {
    const files = counting(44, 11).map((digit, i) =>
      file(
        `${digit}/${i}.png`,
        picture(1, 1, () => grey(digit)),
      ),
    );
    expect((await read(...files)).classNames).toEqual(counting(11, 11).map(String));
  });

  it.each([
    [
      'no picture in spite of its name',
      'pets/cats/0.png',
      file('', 'hello').bytes,
      'pets/cats/0.png cannot be read; a PNG or JPEG picture is expected',
    ],
    [
      'of another kind',
      'pets/cats/0.webp',
      file('', 'RIFF....WEBP').bytes,
      'pets/cats/0.webp cannot be read; a PNG or JPEG picture is expected',
    ],
    [
      'cut short in its header',
      'pets/cats/0.png',
      picture(3, 2, grey).subarray(0, 20),
      'pets/cats/0.png cannot be read; a PNG or JPEG picture is expected',
    ],
    [
      'cut short in its pixels',
      'pets/cats/0.png',
      picture(3, 2, grey).subarray(0, 40),
      'pets/cats/0.png cannot be decoded; a whole PNG or JPEG picture is expected',
    ],
    ['of no pixels', 'pets/cats/0.png', picture(0, 2, grey), 'pets/cats/0.png cannot be read; a PNG or JPEG picture is expected'],
    ['empty', 'pets/cats/0.png', new Uint8Array(0), 'pets/cats/0.png is empty; data is expected'],
    [
      'in no folder',
      '0.png',
      picture(3, 2, grey),
      '0.png is in no folder; pictures are expected in one folder a class, such as cats/7.png and dogs/8.png',
    ],
    [
      'huge, before it is decoded',
      'pets/cats/0.png',
      join(picture(0, 0, grey).subarray(0, 16), encode('u4', [4097, 4096], false)),
      'pets/cats/0.png has 4,096 × 4,097 pixels; at most 16,777,216 in one picture are allowed',
    ],
  ])('of which one is %s are refused', async (_, name, bytes, sentence) => {
    expect(await refusalOf(...album().with(0, file(name, bytes)))).toBe(sentence);
  });

  it('are refused if they are few, alike, or too many pixels', async () => {
    expect(await refusalOf(...album().slice(1))).toBe('the folder has 39 examples; at least 40 are expected');
    expect(await refusalOf(...album().filter((_, i) => i % 2))).toBe('the folder has 1 class, "dogs"; 2 to 100 are expected');
    const large = join(picture(0, 0, grey).subarray(0, 16), encode('u4', [4096, 4096], false));
    const many = counting(129, 2).map((kind, i) => file(`${kind}/${i}.png`, large));
    expect(await refusalOf(...many)).toBe(
      'the folder has pictures of 2,164,260,864 pixels; at most 2,147,483,648 in all are allowed',
    );
  });

  it('are refused if the decoder answers nonsense', async () => {
    const sentence = 'pets/cats/0.png cannot be decoded; a whole PNG or JPEG picture is expected';
    const answers = [
      { width: 0, height: 2 },
      { width: 9, height: 9 },
      { width: Number.NaN, height: 2 },
      { width: -3, height: -2 },
      { width: 1.5, height: 4 },
    ];
    for (const answer of answers) {
      const nonsense = async () => ({ ...answer, rgba: new Uint8ClampedArray(24) });
      await expect(readExamples(album(), nonsense)).rejects.toThrow(sentence);
    }
    await expect(
      readExamples(album(), () => {
        throw new Error('no decoder');
      }),
    ).rejects.toThrow(sentence);
  });

  it('are refused if there is an array beside them', async () => {
    const table = file('pets/labels.csv', 'a,b');
    expect(await refusalOf(...album(), table)).toBe(
      'pets/labels.csv is a table and pets/cats/0.png is a picture; files of one kind are expected',
    );
  });
});

describe('the size of a picture', () => {
  it.each([
    ['PNG', 'iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAIAAADUVFKvAAAAFElEQVR4nGM8wcXFgASYGFABOh8AKQYA4jd9d3wAAAAASUVORK5CYII='],
    [
      'JPEG',
      '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////2wBDAf//////////////////////////////////////////////////////////////////////////////////////wgARCAADAAUDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAH/xAAUAQEAAAAA',
    ],
  ])('is read from the header of a %s', (kind, text) => {
    expect([kind, pictureSize(fromBase64(text))]).toEqual([kind, { width: 5, height: 3 }]);
  });
});

describe('area averaging', () => {
  it('keeps the mean, whatever the sizes', () => {
    const random = randomOf(1);
    for (const [width, height, newWidth, newHeight] of [
      [7, 5, 3, 2],
      [3, 2, 7, 5],
      [64, 1, 5, 1],
      [8, 8, 4, 2],
    ] as const) {
      const values = Array.from({ length: width * height }, () => random.integer(256));
      const rgba = Uint8ClampedArray.from(values.flatMap(grey));
      const averaged = areaAverage({ width, height, rgba }, newHeight, newWidth);
      const mean = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((sum, value) => sum + value, 0) / numbers.length;
      expect(mean(averaged)).toBeCloseTo(mean(values), 9);
    }
  });

  it('counts cut pixels by their share', () => {
    const rgba = Uint8ClampedArray.from([0, 90, 240].flatMap(grey));
    expect([...areaAverage({ width: 3, height: 1, rgba }, 1, 2)].map((value) => Math.round(value))).toEqual([
      30, 30, 30, 190, 190, 190,
    ]);
  });
});
