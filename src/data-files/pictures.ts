/**
 * Pictures by class: PNG and JPEG files, each in a folder that is named after its class, such as `cats/7.png`.
 *
 * Their common size is the smallest height by the smallest width among them; where a side of that is beyond 64, both shrink alike
 * until the longer one is 64. So pictures that are small and alike stay as they are, and none is enlarged. They are grey if all
 * pixels of all of them are, otherwise in colour.
 */
import { examplesOf } from '../core/examples.ts';
import { InputError } from '../core/input-error.ts';
import { areaAverage } from './area-average.ts';
import { classesOfTexts } from './classes.ts';
import { checkSize, mostPixels, mostPixelsInAll } from './limits.ts';
import type { Decode, NamedBytes, OwnData, Pixels } from './own-data.ts';
import { pictureSize, type Size } from './picture-header.ts';
import { counted, several, sides, summary } from './wording.ts';

const longestSide = 64;

/** The pictures in `files`, which came in `source`. */
export async function readPictures(source: string, files: readonly NamedBytes[], decode: Decode): Promise<OwnData> {
  const { labels, classNames } = classesOfTexts(source, files.map(classOf));
  const sizes = files.map(sizeOf);
  const { height, width } = commonSize(sizes);
  const pixels = height * width;
  checkSize(source, files.length, pixels);
  checkPixels(source, sizes);
  let channels = 1;
  let inputs = new Float32Array(files.length * pixels); // [picture, height, width, channels]
  let transparent = 0;
  for (const [picture, file] of files.entries()) {
    const decoded = await decodeOne(file, decode);
    const colours = areaAverage(decoded, height, width);
    if (channels === 1 && !isGrey(colours)) {
      channels = 3;
      checkSize(source, files.length, pixels * channels);
      inputs = inColour(inputs);
    }
    const from = picture * pixels * channels;
    for (let i = 0; i < pixels * channels; i++) inputs[from + i] = (colours[channels === 1 ? i * 3 : i] as number) / 255;
    transparent += Number(isTransparent(decoded));
  }
  const shape = [height, width, channels];
  return {
    examples: examplesOf(inputs, labels),
    shape,
    classNames,
    columns: [],
    from: summary(source, files.length, shape, classNames.length),
    notes: notesOn(sizes, { height, width }, transparent),
  };
}

/** Its class: the folder that a picture lies in. */
function classOf({ name }: NamedBytes): string {
  const folder = name.split('/').at(-2);
  if (folder) return folder;
  throw new InputError(`${name} is in no folder; pictures are expected in one folder a class, such as cats/7.png and dogs/8.png`);
}

/** As the file has it: a photograph that the decoder turns upright counts as it lies. */
function sizeOf({ name, bytes }: NamedBytes): Size {
  const size = pictureSize(bytes);
  if (!size) throw new InputError(`${name} cannot be read; a PNG or JPEG picture is expected`);
  const { width, height } = size;
  if (width * height > mostPixels) {
    throw new InputError(
      `${name} has ${sides([height, width])} pixels; at most ${counted(mostPixels)} in one picture are allowed`,
    );
  }
  return size;
}

function checkPixels(source: string, sizes: readonly Size[]): void {
  const all = sizes.reduce((sum, { width, height }) => sum + width * height, 0);
  if (all > mostPixelsInAll) {
    throw new InputError(
      `${source} has pictures of ${counted(all)} pixels; at most ${counted(mostPixelsInAll)} in all are allowed`,
    );
  }
}

function commonSize(sizes: readonly Size[]): Size {
  let [height, width] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const size of sizes) [height, width] = [Math.min(height, size.height), Math.min(width, size.width)];
  const shrink = Math.min(1, longestSide / Math.max(height, width));
  return { height: Math.max(1, Math.round(height * shrink)), width: Math.max(1, Math.round(width * shrink)) };
}

async function decodeOne({ name, bytes }: NamedBytes, decode: Decode): Promise<Pixels> {
  try {
    const decoded = await decode(bytes);
    const { width, height, rgba } = decoded;
    if (isSide(width) && isSide(height) && rgba.length === width * height * 4) return decoded;
  } catch {} // refused below, in our words: every browser has its own
  throw new InputError(`${name} cannot be decoded; a whole PNG or JPEG picture is expected`);
}

const isSide = (side: number) => Number.isInteger(side) && side > 0;

/** Of `[pixels, 3]`. */
function isGrey(colours: Float64Array): boolean {
  for (let i = 0; i < colours.length; i += 3) {
    if (colours[i] !== colours[i + 1] || colours[i] !== colours[i + 2]) return false;
  }
  return true;
}

/** Each grey three times. */
function inColour(greys: Float32Array): Float32Array<ArrayBuffer> {
  const colours = new Float32Array(greys.length * 3);
  for (let i = 0; i < colours.length; i++) colours[i] = greys[Math.floor(i / 3)] as number;
  return colours;
}

function isTransparent({ rgba }: Pixels): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return true;
  return false;
}

function notesOn(sizes: readonly Size[], { height, width }: Size, transparent: number): string[] {
  const notes: string[] = [];
  const shrunk = sizes.filter((size) => size.height !== height || size.width !== width).length;
  if (shrunk > 0)
    notes.push(`For a common size of ${height} × ${width}, ${several(shrunk, 'picture')} shrank by area averaging.`);
  if (transparent > 0) notes.push(`The transparent parts of ${several(transparent, 'picture')} are laid over white.`);
  return notes;
}
