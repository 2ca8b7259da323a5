/** What the page and its service worker say to each other, and what is kept: types only. */

/** Everything that a build consists of. */
export interface Precache {
  /** The same for the same files. */
  readonly build: string;
  readonly files: readonly PrecachedFile[];
}

export interface PrecachedFile {
  /** From the folder of the page; `./` is the page itself. All but a few names say what is in the file, so that no two builds share one. */
  readonly url: string;
  readonly bytes: number;
  /** Hashes, any of which it may have: a server may unpack a packed file on the way. */
  readonly integrity: string;
}

/** From the page, each with a port for the answer. */
export type OfflineRequest =
  /** How much is kept? */
  | { readonly type: 'state' }
  /** Keep what is missing. */
  | { readonly type: 'fill' }
  /** Let go of builds that no page uses any more. */
  | { readonly type: 'tidy' };

export interface OfflineAnswer {
  readonly build: string;
  readonly files: number;
  readonly bytes: number;
  /** How many of the files are not kept. */
  readonly missing: number;
  /** Why, where something could not be kept. */
  readonly fault?: OfflineFault;
}

/** The file at which it ended, and whether that is because there is no room for it. */
export interface OfflineFault {
  readonly file: string;
  readonly full: boolean;
}
