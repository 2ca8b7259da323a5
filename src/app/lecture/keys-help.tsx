/** Which keys there are, and the switch that turns single letters off. */
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { texts } from '../../store/texts.ts';
import { lettersOn, switchLetters } from './keys.ts';

export function KeysHelp() {
  const [on, setOn] = useState(lettersOn);
  return (
    <details className="keys-help">
      <summary>{texts.lecture.keys.title}</summary>
      <dl>
        {texts.lecture.keys.list.map(({ key, does }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        size="sm"
        label={texts.lecture.keys.letters}
        checked={on}
        onChange={({ currentTarget: { checked } }) => {
          switchLetters(checked);
          setOn(checked);
        }}
      />
    </details>
  );
}
