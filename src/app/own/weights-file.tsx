/** Weights of a language model: from a file of one's own, and into one where they were learned here. */
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { InputError } from '../../core/input-error.ts';
import { readLanguageWeights } from '../../data-files/language-weights.ts';
import { said } from '../../languages/said.ts';
import { texts } from '../../store/texts.ts';
import { download } from '../download.ts';
import { useLab, useLabParts } from '../lab-context.ts';
import './own.css';

export default function WeightsFile() {
  const { store } = useLabParts();
  const chosen = useLab((state) => state.experiment.model.weights);
  const { file, learned } = useLab((state) => state.weights);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const read = async ([first]: Iterable<File>) => {
    if (!first) return;
    setProblem(null);
    try {
      const bytes = new Uint8Array(await first.arrayBuffer());
      store.getState().takeWeights({ name: first.name, content: first }, readLanguageWeights(bytes, first.name).model);
    } catch (error) {
      setProblem(error instanceof InputError ? error.message : texts.weights.unreadable(first.name));
    }
  };
  const save = async () => {
    const weights = await store.getState().saveWeights();
    setProblem(weights ? null : texts.weights.gone);
    if (weights) download('weights.safetensors', 'application/octet-stream', weights);
  };
  return (
    <div className="own-weights">
      <div className="own-buttons">
        <Button size="compact-xs" variant="default" onClick={() => input.current?.click()}>
          {texts.weights.choose}
        </Button>
        {learned && (
          <Button size="compact-xs" variant="default" data-testid="save-weights" onClick={save}>
            {texts.weights.save}
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept=".safetensors"
        hidden
        data-testid="weights-file"
        onChange={({ currentTarget }) => {
          const files = Array.from(currentTarget.files ?? []);
          currentTarget.value = ''; // so that the same file can be chosen again
          void read(files);
        }}
      />
      <p role="status" className="step-says">
        {chosen === 'from a file' ? (file ? texts.weights.inUse(file) : texts.weights.missing) : null}
      </p>
      {problem && (
        <p role="alert" className="own-refusal" data-testid="weights-refusal">
          {said(problem)}
        </p>
      )}
    </div>
  );
}
