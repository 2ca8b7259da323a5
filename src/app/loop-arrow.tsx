/** One arrow of the loop: its line in the picture, the dashes that move along it, and the button that chooses it. */
import type { Axis } from '../core/attack.ts';
import { metricText } from '../panels/format.ts';
import type { Leak } from '../store/lab-store.ts';
import { overviewOf } from '../store/run-state.ts';
import { texts } from '../store/texts.ts';
import { useLab } from './lab-context.ts';
import { arrowPaths } from './loop-picture.tsx';
import { Mark } from './marks.tsx';

const hairline = 1.25;
const thickest = 12;

/** From a hairline, where chance is all that the attacker has, to the thickest, where she is always right. */
function thickness(leak: Leak | undefined): number {
  if (!leak) return hairline;
  const gain = leak.values.map((value, lane) => {
    const chance = leak.chances[lane] as number;
    return Math.abs(value - chance) / Math.max(1e-9, leak.most - chance);
  });
  return 2.5 + (thickest - 2.5) * Math.min(1, Math.max(...gain));
}

interface LineProps {
  readonly axis: Axis;
  readonly leak: Leak | undefined;
}

/** Grey as long as nothing was measured. */
export function ArrowLine({ axis, leak }: LineProps) {
  return (
    <path
      key={leak ? 'measured' : 'idle'} // WebKit goes on drawing the head that a path had first
      className={leak ? 'loop-line' : 'loop-line loop-idle'}
      d={arrowPaths[axis]}
      strokeWidth={thickness(leak)}
      markerEnd={leak ? 'url(#arrowhead)' : 'url(#arrowhead-idle)'}
    />
  );
}

/** Dashes that lie along the arrow while it runs; how far they have moved is how far the phase is. */
export function ArrowDashes({ axis }: { readonly axis: Axis }) {
  const share = useLab(({ run }) => overviewOf(run).share);
  return <path className="loop-dashes" d={arrowPaths[axis]} strokeDashoffset={-160 * share} />;
}

/** The undefended lane and the best of the others: there is room for two numbers. */
function leakText({ metric, values }: Leak): string {
  const [first, ...others] = values;
  const shown = [first as number, ...(others.length > 0 ? [Math.min(...others)] : [])];
  return texts.loop.leaks(
    texts.metrics[metric].short ?? texts.metrics[metric].name,
    shown.map((value) => metricText(metric, value)),
  );
}

interface ButtonProps extends LineProps {
  readonly current: boolean;
  readonly defended: boolean;
  readonly running: boolean;
  /** Whether its number is still to be guessed. */
  readonly covered: boolean;
  readonly onChoose: (axis: Axis) => void;
}

export function ArrowButton({ axis, leak, current, defended, running, covered, onChoose }: ButtonProps) {
  const { name, families } = texts.loop.axes[axis];
  const result = covered ? texts.loop.covered : leak ? leakText(leak) : texts.loop.notRun;
  return (
    <button
      type="button"
      className={`arrow arrow-${axis}`}
      aria-current={current ? 'true' : undefined}
      onClick={() => onChoose(axis)}
    >
      <b>{name}</b>
      <span className="arrow-families">{families}</span>
      <span className={leak ? 'arrow-state' : 'arrow-state arrow-idle'}>
        {running && !leak ? texts.loop.running : result}
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
