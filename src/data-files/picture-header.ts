/** The size of a picture as its own header tells it, so that a huge one is refused before it is decoded. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const isPng = (bytes: Uint8Array) => png.every((byte, i) => bytes[i] === byte);
const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

export const looksLikePicture = (bytes: Uint8Array) => isPng(bytes) || isJpeg(bytes);

/** Of a PNG or a JPEG; nothing if it is neither or says no size. */
export function pictureSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = isPng(bytes) ? pngSize(view) : isJpeg(bytes) ? jpegSize(view) : undefined;
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

/** The first chunk of a PNG is its header. */
const pngSize = (view: DataView): Size | undefined =>
  view.byteLength < 24 ? undefined : { width: view.getUint32(16), height: view.getUint32(20) };

/** A JPEG is segments, `ff`, a type and a length, and the size is in the one that starts its frame. */
function jpegSize(view: DataView): Size | undefined {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    const type = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return undefined;
    if (type === 0xff) {
      at++; // padding
      continue;
    }
    if (isFrame(type)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return undefined;
}

/** c0 to cf, except three of other tables: Huffman c4, JPEG extensions c8, arithmetic cc. */
const isFrame = (type: number) => type >= 0xc0 && type <= 0xcf && type !== 0xc4 && type !== 0xc8 && type !== 0xcc;
