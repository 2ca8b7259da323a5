/** Pictures, each on a small canvas of its own, with a caption and whether the attacker was right about it. */
import { type CSSProperties, useEffect, useRef } from 'react';
import type { Images } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { Frame } from './frame.tsx';

export function ImagesPanel({ evidence }: { readonly evidence: Images }) {
  const { title, items, columns } = evidence;
  const marked = (mark: 'right' | 'wrong') => items.filter((item) => item.mark === mark).length;
  return (
    <Frame
      wide
      readable
      title={title}
      description={texts.panel.images(title, items.length, marked('right'), marked('wrong'))}
      cells={() => ({
        columns: [texts.panel.name, texts.panel.mark],
        rows: items.map(({ caption, mark }) => [caption, mark ? texts.panel[mark] : '']),
      })}
    >
      <ul
        className={columns ? 'pictures pictures-grouped' : 'pictures'}
        style={
          columns ? ({ '--columns': inGroups(columns, 6), '--columns-few': inGroups(columns, 4) } as CSSProperties) : undefined
        }
      >
        {items.map(({ caption, mark }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place of a picture is its name
          <li key={index} className={mark && `picture-${mark}`}>
            <Picture evidence={evidence} index={index} />
            <span>
              {mark && <b title={texts.panel[mark]}>{mark === 'right' ? '●' : '○'}</b>}{' '}
              {mark && <span className="visually-hidden">{texts.panel[mark]}</span>}
              {caption}
            </span>
          </li>
        ))}
      </ul>
    </Frame>
  );
}

/** How many pictures lie side by side: so many at most, unless a group of those that belong together has more. */
const inGroups = (columns: number, most: number) => columns * Math.max(1, Math.floor(most / columns));

function Picture({ evidence, index }: { readonly evidence: Images; readonly index: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { height, width, channels, pixels } = evidence;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    const from = index * height * width * channels;
    for (let pixel = 0; pixel < height * width; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        const value = pixels[from + pixel * channels + (channels === 1 ? 0 : channel)] ?? 0;
        image.data[pixel * 4 + channel] = Math.round(255 * value);
      }
      image.data[pixel * 4 + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [height, width, channels, pixels, index]);
  return <canvas ref={canvas} width={width} height={height} />;
}
