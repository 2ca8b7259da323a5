/** Composing a chain: an attack a link, and at each place only those that can take up what stands before it. */
import { Button, NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { axes } from '../../core/attack.ts';
import { find } from '../../core/experiment.ts';
import { choicesAt } from '../../store/compose.ts';
import { texts } from '../../store/texts.ts';
import { download } from '../download.ts';
import { useChain, useLabParts } from '../lab-context.ts';

export function ChainComposer() {
  const { catalog } = useLabParts();
  const given = useChain((state) => state.given);
  const { put, shorten } = useChain((state) => state);
  const choices = useMemo(() => [...given.links, null].map((_, place) => choicesAt(given, place, catalog)), [given, catalog]);
  const optionsOf = (ids: readonly string[]) =>
    ids.map((id) => {
      const { title, axis } = find(catalog.attacks, 'attack', id);
      return { value: id, label: texts.chains.choice(texts.loop.axes[axis].name, title) };
    });
  const more = choices.at(-1) ?? [];
  return (
    <details className="chains-composer">
      <summary>{texts.chains.compose}</summary>
      <p>{texts.chains.composeSays}</p>
      {given.links.map(({ attack }, place) => (
        <NativeSelect
          // biome-ignore lint/suspicious/noArrayIndexKey: a link is its place in the chain
          key={place}
          size="xs"
          label={texts.chains.place(place + 1)}
          data={optionsOf(choices[place] ?? [])}
          value={attack.id}
          onChange={(event) => put(place, event.currentTarget.value)}
        />
      ))}
      <fieldset className="chains-add">
        <legend>{texts.chains.add}</legend>
        {axes.map((axis) => {
          const along = more.filter((id) => find(catalog.attacks, 'attack', id).axis === axis);
          return (
            <Button
              key={axis}
              size="xs"
              variant="default"
              disabled={along.length === 0}
              onClick={() => put(given.links.length, along[0] as string)}
            >
              {texts.loop.axes[axis].name}
            </Button>
          );
        })}
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
