/** From SVG to PNG, and from pixels to pictures that an SVG can hold. */
import type { Images } from '../../core/evidence.ts';
import { fontFamily, type Measure } from '../../export/figure.ts';

const scale = 2;

/** @returns a picture of twice the size */
export async function pngOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const { canvas, context } = canvasOf(scale * picture.naturalWidth, scale * picture.naturalHeight);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((settle, refuse) =>
      canvas.toBlob((blob) => (blob ? settle(blob) : refuse(new Error('the browser made no picture'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Each picture as an address that holds all of it. @param times how many pixels of the file one of the picture takes up, so that none is blurred */
export function addressesOf({ items, width, height, channels, pixels }: Images, times: number): string[] {
  const small = canvasOf(width, height);
  const large = canvasOf(width * times, height * times);
  large.context.imageSmoothingEnabled = false;
  return items.map((_, item) => {
    const image = small.context.createImageData(width, height);
    const from = item * width * height * channels;
    for (let pixel = 0; pixel < width * height; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        const value = pixels[from + pixel * channels + (channels === 1 ? 0 : channel)] ?? 0;
        image.data[pixel * 4 + channel] = Math.round(255 * value);
      }
      image.data[pixel * 4 + 3] = 255;
    }
    small.context.putImageData(image, 0, 0);
    large.context.drawImage(small.canvas, 0, 0, large.canvas.width, large.canvas.height);
    return large.canvas.toDataURL('image/png');
  });
}

export function measuring(): Measure {
  const { context } = canvasOf(1, 1);
  return (text, size, bold = false) => {
    context.font = `${bold ? 'bold ' : ''}${size}px ${fontFamily}`;
    return context.measureText(text).width;
  };
}

function canvasOf(width: number, height: number) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no pictures');
  return { canvas, context };
}
