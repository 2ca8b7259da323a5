/** A legend in HTML, so that it wraps and can be read: each name with a sample of its line. */
import { lookOf } from './strokes.ts';

export interface LegendItem {
  readonly name: string;
  readonly color?: string | undefined;
  readonly dash?: string | undefined;
}

export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul className="legend" aria-hidden="true">
      {items.map((item, index) => {
        const look = lookOf(index);
        return (
          <li key={item.name}>
            <svg width="16" height="8" aria-hidden="true">
              <line
                x1="0"
                x2="16"
                y1="4"
                y2="4"
                strokeWidth="2.5"
                stroke={item.color ?? look.color}
                strokeDasharray={'dash' in item ? item.dash : look.dash}
              />
            </svg>
            {item.name}
          </li>
        );
      })}
    </ul>
  );
}
