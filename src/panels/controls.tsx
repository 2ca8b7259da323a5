/** Controls drawn from declared options: a declaration is all that an attack, a defense or a model needs to be set here. */
import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { memo, useEffect, useState } from 'react';
import { InputError } from '../core/input-error.ts';
import { checkValue, type Param, type Params, type ParamValue, type RangeParam } from '../core/params.ts';
import { said } from '../languages/said.ts';
import { texts } from '../store/texts.ts';
import { DrawingControl, PlaceControl } from './drawing.tsx';
import { fromSlider, sliderSteps, toSlider } from './slider-scale.ts';

type Change = (key: string, value: ParamValue) => void;

interface ControlsProps {
  readonly params: Params;
  readonly values: Readonly<Record<string, ParamValue>>;
  readonly onChange: Change;
  /** Tries one option at several values; its name is then a button. */
  readonly onSpread?: ((key: string, param: RangeParam) => void) | undefined;
}

export const Controls = memo(function Controls({ params, values, onChange, onSpread }: ControlsProps) {
  return (
    <div className="controls">
      {Object.entries(params).map(([key, param]) => (
        <Control
          key={key}
          param={param}
          value={values[key] ?? param.initial}
          onChange={(value) => onChange(key, value)}
          others={{ values, onChange }}
          onSpread={onSpread && param.kind === 'range' ? () => onSpread(key, param) : undefined}
        />
      ))}
    </div>
  );
});

interface ControlProps<P extends Param = Param> {
  readonly param: P;
  readonly value: ParamValue;
  readonly onChange: (value: ParamValue) => void;
  readonly onSpread?: (() => void) | undefined;
  /** The options beside this one, where it sets them too. */
  readonly others?: { readonly values: ControlsProps['values']; readonly onChange: Change };
}

function Control({ param, value, onChange, others, onSpread }: ControlProps) {
  switch (param.kind) {
    case 'range':
      return <RangeControl param={param} value={value} onChange={onChange} onSpread={onSpread} />;
    case 'choice':
      return (
        <NativeSelect
          size="xs"
          label={said(param.label)}
          description={said(param.says)}
          data={param.choices.map((value) => ({ value, label: said(value) }))}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'switch':
      return (
        <Switch
          label={said(param.label)}
          description={said(param.says)}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'sizes':
      return (
        <TypedControl
          param={param}
          value={value}
          onChange={onChange}
          text={(value as readonly number[]).join(', ')}
          read={readSizes}
        />
      );
    case 'drawing':
      return (
        <>
          <DrawingControl param={param} value={String(value)} onChange={onChange} />
          {param.placedBy && others && <PlaceControl drawing={String(value)} placedBy={param.placedBy} {...others} />}
        </>
      );
    default:
      return param satisfies never;
  }
}

function RangeControl({ param, value, onChange, onSpread }: ControlProps<RangeParam>) {
  const number = value as number;
  return (
    <div className="range">
      <TypedControl param={param} value={value} onChange={onChange} text={String(number)} read={readNumber} />
      <input
        type="range"
        aria-label={said(param.label)}
        aria-valuetext={String(number)}
        min={0}
        max={sliderSteps(param)}
        step={1}
        value={toSlider(param, number)}
        onChange={(event) => onChange(fromSlider(param, Number(event.currentTarget.value)))}
      />
      {onSpread && (
        <button type="button" className="range-spread" aria-label={texts.spread.knob(said(param.label))} onClick={onSpread}>
          {texts.spread.short}
        </button>
      )}
    </div>
  );
}

const readNumber = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
const readSizes = (text: string) =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);

interface TypedProps extends ControlProps {
  readonly text: string;
  readonly read: (text: string) => ParamValue;
}

/** What is typed is taken as soon as it is allowed; until then the box says what is. */
function TypedControl({ param, text, read, onChange }: TypedProps) {
  const [draft, setDraft] = useState(text);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    setDraft(text);
    setError(null);
  }, [text]);
  const type = (typed: string) => {
    setDraft(typed);
    try {
      const value = checkValue(param, read(typed), param.label);
      setError(null);
      onChange(value);
    } catch (problem) {
      if (!(problem instanceof InputError)) throw problem;
      setError(said(problem.message));
    }
  };
  const leave = () => {
    if (error === null) setDraft(text);
  };
  return (
    <TextInput
      size="xs"
      label={said(param.label)}
      description={said(param.says)}
      inputMode={param.kind === 'range' ? 'decimal' : 'text'}
      value={draft}
      error={error}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={leave}
    />
  );
}
