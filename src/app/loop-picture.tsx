/** The picture of the loop: two assets, and whatever arrows are drawn between them. In 340 × 214. */
import type { ReactNode } from 'react';
import type { Axis } from '../core/attack.ts';
import { texts } from '../store/texts.ts';

/** Where each arrow runs. */
export const arrowPaths: Record<Axis, string> = {
  'data-to-data': 'M34 110C14 70 78 70 62 104',
  'data-to-model': 'M100 120C140 108 200 108 238 120',
  'model-to-data': 'M240 144C200 156 140 156 104 145',
  'model-to-model': 'M278 110C258 70 324 70 308 104',
};

interface LoopPictureProps {
  readonly children: ReactNode;
  /** From which height to which it is shown; all of it unless said. */
  readonly from?: number;
  readonly to?: number;
}

export function LoopPicture({ children, from = 0, to = 214 }: LoopPictureProps) {
  return (
    <svg viewBox={`0 ${from} 340 ${to - from}`} aria-hidden="true">
      <defs>
        <marker
          id="arrowhead"
          viewBox="0 0 10 10"
          refX="4"
          refY="5"
          markerWidth="14"
          markerHeight="14"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0L10 5L0 10z" />
        </marker>
        <marker
          id="arrowhead-idle"
          viewBox="0 0 10 10"
          refX="4"
          refY="5"
          markerWidth="10"
          markerHeight="10"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0L10 5L0 10z" />
        </marker>
      </defs>
      {children}
      <rect className="loop-data" x="8" y="111" width="92" height="42" rx="21" />
      <path className="loop-model" d="M240 132l22-21h50l22 21-22 21h-50z" />
      <text className="loop-name" x="54" y="137">
        {texts.loop.data}
      </text>
      <text className="loop-name loop-name-model" x="287" y="137">
        {texts.loop.model}
      </text>
    </svg>
  );
}
