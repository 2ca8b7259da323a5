/** A place that files and folders can be dropped on. Dropped beside it they are left alone, rather than opened in place of the page. */
import { type DragEvent, useEffect, useState } from 'react';

/** What a browser hands over; a folder can be looked into later, but only asked for while it is dropped. */
export type Dropped = FileSystemEntry | File;

export interface DropTarget {
  readonly 'data-over': boolean | undefined;
  onDragOver(event: DragEvent): void;
  onDragLeave(): void;
  onDrop(event: DragEvent): void;
}

export function useFileDrop(onFiles: (files: readonly Dropped[]) => void): DropTarget {
  const [over, setOver] = useState(false);
  useEffect(() => {
    addEventListener('dragover', leaveAlone);
    addEventListener('drop', leaveAlone);
    return () => {
      removeEventListener('dragover', leaveAlone);
      removeEventListener('drop', leaveAlone);
    };
  }, []);
  return {
    'data-over': over || undefined,
    onDragOver: ({ dataTransfer }) => setOver(hasFiles(dataTransfer)),
    onDragLeave: () => setOver(false),
    onDrop({ dataTransfer }) {
      setOver(false);
      if (hasFiles(dataTransfer))
        onFiles([...dataTransfer.items].flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? []));
    },
  };
}

const hasFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') ?? false;

function leaveAlone(event: globalThis.DragEvent) {
  if (hasFiles(event.dataTransfer)) event.preventDefault(); // which also makes the page a place to drop files on
}
