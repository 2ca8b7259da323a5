/** Composing a chain: an attack a link, and at each place only those that can take up what stands before it. */
import { Button, NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { axes } from '../../core/attack.ts';
import { find } from '../../core/experiment.ts';
import { said } from '../../languages/said.ts';
import { Controls } from '../../panels/controls.tsx';
import { choicesAt } from '../../store/compose.ts';
import { texts } from '../../store/texts.ts';
import { download } from '../download.ts';
import { useChain, useLabParts } from '../lab-context.ts';
import { useAxesAhead } from './draw.tsx';

export function ChainComposer() {
  const { catalog } = useLabParts();
  const given = useChain((state) => state.given);
  const { chain, refusal, put, shorten, along, setOption } = useChain((state) => state);
  const ahead = useAxesAhead();
  const choices = useMemo(() => given.links.map((_, place) => choicesAt(given, place, catalog)), [given, catalog]);
  const optionsOf = (ids: readonly string[]) =>
    ids.map((id) => {
      const { title, axis } = find(catalog.attacks, 'attack', id);
      return { value: id, label: texts.chains.choice(texts.loop.axes[axis].name, title) };
    });
  return (
    <details className="chains-composer">
      <summary>{texts.chains.compose}</summary>
      <p>{texts.chains.composeSays}</p>
      {chain.links.map(({ experiment: { attack } }, place) => {
        const { params } = find(catalog.attacks, 'attack', attack.id);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a link is its place in the chain
          <div key={place}>
            <NativeSelect
              size="xs"
              label={texts.chains.place(place + 1)}
              data={optionsOf(choices[place] ?? [])}
              value={attack.id}
              onChange={(event) => put(place, event.currentTarget.value)}
            />
            {Object.keys(params).length > 0 && (
              <details className="unfolding">
                <summary>{texts.chains.options(place + 1)}</summary>
                <Controls params={params} values={attack} onChange={(option, value) => setOption(place, option, value)} />
              </details>
            )}
          </div>
        );
      })}
      {refusal && <p role="alert">{said(refusal)}</p>}
      <fieldset className="chains-add">
        <legend>{texts.chains.add}</legend>
        {axes.map((axis) => (
          <Button key={axis} size="xs" variant="default" disabled={!ahead.includes(axis)} onClick={() => along(axis)}>
            {texts.loop.axes[axis].name}
          </Button>
        ))}
      </fieldset>
      <Button
        size="xs"
        variant="default"
        onClick={() => download('chain.json', 'application/json', `${JSON.stringify(given, null, 1)}\n`)}
      >
        {texts.chains.download}
      </Button>
      {given.links.length > 2 && (
        <Button size="xs" variant="default" onClick={shorten}>
          {texts.chains.shorten}
        </Button>
      )}
    </details>
  );
}
