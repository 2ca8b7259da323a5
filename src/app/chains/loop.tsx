/** The loop with a chain on it, drawn on or looked at; with one defense, if one is chosen. */
import { Button } from '@mantine/core';
import { find } from '../../core/experiment.ts';
import type { LinkResult } from '../../lab/chain-result.ts';
import { said } from '../../languages/said.ts';
import { shownNews } from '../../store/chain-store.ts';
import { texts } from '../../store/texts.ts';
import { useChain, useLabParts } from '../lab-context.ts';
import { LoopPicture } from '../loop-picture.tsx';
import { Mark } from '../marks.tsx';
import { ChainArrows, valueSays } from './arrows.tsx';
import { DrawLayer } from './draw.tsx';

export function ChainLoop() {
  const { catalog, lessons } = useLabParts();
  const lessonId = useChain(({ lesson }) => lesson);
  const composed = useChain((state) => state.composed);
  const chain = useChain((state) => state.chain);
  const told = composed ? undefined : lessons.find(({ id }) => id === lessonId)?.axes;
  const along = told ?? chain.links.map(({ experiment }) => find(catalog.attacks, 'attack', experiment.attack.id).axis);
  const links = useChain((state) => shownNews(state)?.result.links);
  const matrix = useChain((state) => shownNews(state)?.result.matrix);
  const shown = useChain((state) => state.shown);
  const { defenses } = chain;
  const show = useChain((state) => state.show);
  const stands = shown === undefined ? undefined : defenses[shown]?.at;
  const drawn = useChain((state) => state.drawn);
  const draw = useChain((state) => state.draw);
  const changeAt = (i: number) => (shown === undefined ? undefined : matrix?.[shown]?.changes[i]?.value);
  return (
    <section className="chains-loop" aria-label={texts.chains.loop}>
      <LoopPicture from={40} to={190}>
        <ChainArrows along={drawn ?? along} links={drawn ? undefined : links} matrix={matrix} defenses={defenses} shown={shown} />
        <DrawLayer used={drawn ?? along} />
      </LoopPicture>
      <p className="chains-says" aria-live="polite">
        {drawn ? texts.chains.drawing[drawn.length] : texts.chains.canDraw}
      </p>
      <Button size="xs" variant="default" onClick={draw}>
        {drawn ? texts.chains.undraw : texts.chains.draw}
      </Button>
      <ol className="chains-arrows">
        {(drawn ?? along).map((axis, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an arrow is its place in the chain
          <li key={`${axis} ${i}`}>
            <b>{texts.loop.axes[axis].name}</b>
            {stands === i && <Mark of="defense" size={13} />}
            <span>{arrowSays(drawn ? undefined : links?.[i], shown, changeAt(i))}</span>
          </li>
        ))}
      </ol>
      <fieldset className="chains-defenses">
        <legend>{texts.chains.shown}</legend>
        {[undefined, ...defenses.keys()].map((defense) => (
          <label key={defense ?? 'none'}>
            <input type="radio" name="shown" checked={shown === defense} onChange={() => show(defense)} />
            {defense === undefined
              ? texts.chains.noDefense
              : texts.chains.defenseAt(said(defenses[defense]?.name ?? ''), (defenses[defense]?.at ?? 0) + 1)}
          </label>
        ))}
      </fieldset>
    </section>
  );
}

function arrowSays(link: LinkResult | undefined, defense: number | undefined, change: number | null | undefined): string {
  const value = valueSays(link, defense, change);
  return link && value ? texts.chains.arrow(texts.metrics[link.measure].name, value) : texts.chains.notRun;
}
