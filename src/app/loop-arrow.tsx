/** One arrow of the loop: its line in the picture, the dashes that move along it, and the button that chooses it. */
import type { Axis } from '../core/attack.ts';
import { overviewOf } from '../store/run-state.ts';
import { texts } from '../store/texts.ts';
import { useLab } from './lab-context.ts';
import { Mark } from './marks.tsx';

/** In a picture of 340 × 188: where each arrow runs. */
const paths: Record<Axis, string> = {
  'data-to-data': 'M34 84C14 44 78 44 62 78',
  'data-to-model': 'M100 94C140 82 200 82 238 94',
  'model-to-data': 'M240 118C200 130 140 130 104 119',
  'model-to-model': 'M278 84C258 44 324 44 308 78',
};

const hairline = 1.25;
const thickest = 12;

/** From a hairline, where chance is all that the attacker has, to the thickest, where she is always right. */
function thickness(aucs: readonly number[] | undefined): number {
  if (!aucs) return hairline;
  const distance = Math.max(...aucs.map((auc) => Math.abs(auc - 0.5)));
  return 2.5 + (thickest - 2.5) * 2 * distance;
}

interface LineProps {
  readonly axis: Axis;
  readonly aucs: readonly number[] | undefined;
  readonly coming: boolean;
}

export function ArrowLine({ axis, aucs, coming }: LineProps) {
  return (
    <path
      className={coming ? 'loop-line loop-line-coming' : 'loop-line'}
      d={paths[axis]}
      strokeWidth={thickness(aucs)}
      markerEnd={coming ? 'url(#arrowhead-coming)' : 'url(#arrowhead)'}
    />
  );
}

/** Dashes that lie along the arrow while it runs; how far they have moved is how far the phase is. */
export function ArrowDashes({ axis }: { readonly axis: Axis }) {
  const share = useLab(({ run }) => overviewOf(run).share);
  return <path className="loop-dashes" d={paths[axis]} strokeDashoffset={-160 * share} />;
}

interface ButtonProps extends LineProps {
  readonly current: boolean;
  readonly defended: boolean;
  readonly running: boolean;
  readonly onChoose: (axis: Axis) => void;
}

export function ArrowButton({ axis, aucs, coming, current, defended, running, onChoose }: ButtonProps) {
  const { name, families } = texts.loop.axes[axis];
  const result = aucs ? texts.loop.leaks(aucs) : texts.loop.notRun;
  return (
    <button
      type="button"
      className={`arrow arrow-${axis}`}
      aria-current={current ? 'true' : undefined}
      aria-disabled={coming}
      onClick={() => onChoose(axis)}
    >
      <b>{name}</b>
      <span className="arrow-families">{families}</span>
      <span className="arrow-state">
        {coming ? texts.loop.coming : running && !aucs ? texts.loop.running : result}
        {defended && (
          <>
            <Mark of="defense" size={13} />
            <span className="visually-hidden">{texts.loop.defended}</span>
          </>
        )}
      </span>
    </button>
  );
}
