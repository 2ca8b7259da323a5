/** The measurement as JSON, to be copied or downloaded: the same value that the terminal writes. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BenchName } from '../../lab/bench.ts';
import type { Measured } from '../../store/bench-state.ts';
import { reportOf } from '../../store/bench-view.ts';
import { texts } from '../../store/texts.ts';
import { download } from '../download.ts';
import { machine } from './machine.tsx';

interface ReportProps {
  readonly bench: BenchName;
  readonly measured: Measured;
}

export function ReportButtons({ bench, measured }: ReportProps) {
  const [copied, setCopied] = useState<{ readonly of: Measured; readonly says: string } | null>(null);
  const json = () => `${JSON.stringify(reportOf(bench, machine, measured), null, 2)}\n`;
  const copy = async () => {
    // Without https there is no clipboard at all, and it may refuse.
    const done = await navigator.clipboard?.writeText(json()).then(
      () => true,
      () => false,
    );
    setCopied({ of: measured, says: done ? texts.bench.copied : texts.bench.notCopied });
  };
  return (
    <fieldset className="bench-report" aria-label={`${texts.bench.headings[bench]}: ${texts.bench.json}`}>
      <Button size="xs" variant="default" onClick={copy}>
        {texts.bench.copy}
      </Button>
      <Button size="xs" variant="default" onClick={() => download(`threatloop-bench-${bench}.json`, 'application/json', json())}>
        {texts.bench.download}
      </Button>
      <span className="bench-says" role="status">
        {copied?.of === measured ? copied.says : texts.bench.staysHere}
      </span>
    </fieldset>
  );
}
