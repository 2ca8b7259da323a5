/** What was read, before it is used: a first look at it, what is to be known of it, and the choice. */
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { FirstRows, ShownPicture } from '../../data-files/first-rows.ts';
import type { OwnSummary } from '../../data-files/summary.ts';
import { rounded } from '../../data-files/wording.ts';
import { said } from '../../languages/said.ts';
import { CellTable } from '../../panels/frame.tsx';
import { texts } from '../../store/texts.ts';
import { useLabParts } from '../lab-context.ts';

interface OfferProps {
  readonly summary: OwnSummary;
  readonly refusal: string | null;
  readonly onUsed: () => void;
}

export function Offer({ summary: { classNames, notes, count, first }, refusal, onUsed }: OfferProps) {
  const { store } = useLabParts();
  const use = () => {
    store.getState().useOwn();
    if (store.getState().own.status === 'none') onUsed();
  };
  const says =
    first.kind === 'table'
      ? texts.own.first.table(first.rows.length, count)
      : texts.own.first.pictures(first.pictures.length, count);
  return (
    <>
      <p>{texts.own.classes(classNames.length, classNames)}</p>
      {notes.length > 0 && (
        <ul className="own-notes">
          {notes.map((note) => (
            <li key={note}>{said(note)}</li>
          ))}
        </ul>
      )}
      <p className="own-first">{says}</p>
      <First first={first} label={says} />
      {refusal && (
        <p role="alert" className="own-refusal" data-testid="own-refusal">
          {texts.refused(said(refusal))}
        </p>
      )}
      <div className="own-buttons">
        <Button size="xs" data-testid="own-use" onClick={use}>
          {texts.own.use}
        </Button>
        <Button size="xs" variant="default" data-testid="own-not" onClick={store.getState().forgetOwn}>
          {texts.own.dontUse}
        </Button>
      </div>
    </>
  );
}

const shownColumns = 8;

function First({ first, label }: { readonly first: FirstRows; readonly label: string }) {
  if (first.kind === 'table') {
    return (
      <CellTable
        label={label}
        columns={[
          texts.own.label,
          ...first.columns.slice(0, shownColumns),
          ...(first.columns.length > shownColumns ? ['…'] : []),
        ]}
        rows={first.rows.map(({ className, values }) => [className, ...values.slice(0, shownColumns).map(rounded)])}
      />
    );
  }
  const { width, height, pictures } = first;
  return (
    <ul className="pictures" data-testid="own-pictures">
      {pictures.map((picture, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place of a picture is its name
        <li key={index}>
          <Picture picture={picture} width={width} height={height} />
          {picture.caption}
        </li>
      ))}
    </ul>
  );
}

function Picture({
  picture: { rgba },
  width,
  height,
}: {
  readonly picture: ShownPicture;
  readonly width: number;
  readonly height: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [rgba, width, height]);
  return <canvas ref={canvas} width={width} height={height} />;
}
