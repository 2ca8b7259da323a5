/**
 * Ciphers for cells, by WebCrypto. Deterministic encryption after SIV (Rogaway & Shrimpton 2006): the place to begin counting is a keyed
 * hash of the plaintext, so that equal cells have equal ciphertexts and nothing else shows. AES-SIV itself has CMAC where this has HMAC,
 * which WebCrypto knows.
 */
import { InputError } from '../core/input-error.ts';
import type { Random } from '../core/random.ts';

/** As much of WebCrypto as is used; the types of a browser or of Node are not known here. */
interface Subtle {
  importKey(format: 'raw', key: Uint8Array, algorithm: object, extractable: boolean, usages: readonly string[]): Promise<object>;
  sign(algorithm: 'HMAC', key: object, data: Uint8Array): Promise<ArrayBuffer>;
  encrypt(algorithm: object, key: object, data: Uint8Array): Promise<ArrayBuffer>;
}

export interface Cipher {
  /** The same for the same text, in hexadecimal. */
  deterministic(text: string): Promise<string>;
  /** Another one each time: AES in counter mode from a fresh place. */
  randomised(text: string, random: Random): Promise<string>;
}

/** @throws InputError in a page that was not loaded from a secure address, where browsers keep WebCrypto back */
export async function cipherOf(random: Random): Promise<Cipher> {
  const { crypto } = globalThis as { readonly crypto?: { readonly subtle?: Subtle } };
  const subtle = crypto?.subtle;
  if (!subtle) {
    throw new InputError(
      'this page has no WebCrypto, which browsers give to https and localhost only; open it from one of those',
    );
  }
  const bytes = (count: number, from: Random) => Uint8Array.from({ length: count }, () => from.integer(256));
  const hash = { name: 'HMAC', hash: 'SHA-256' };
  const macKey = await subtle.importKey('raw', bytes(32, random.stream('mac')), hash, false, ['sign']);
  const key = await subtle.importKey('raw', bytes(16, random.stream('key')), { name: 'AES-CTR' }, false, ['encrypt']);
  const from = async (counter: Uint8Array, plain: Uint8Array) => {
    const body = await subtle.encrypt({ name: 'AES-CTR', counter, length: 64 }, key, plain);
    return [...counter, ...new Uint8Array(body)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  return {
    async deterministic(text) {
      const plain = bytesOf(text);
      const tag = new Uint8Array(await subtle.sign('HMAC', macKey, plain)).slice(0, 16);
      return from(tag, plain);
    },
    randomised: (text, fresh) => from(bytes(16, fresh), bytesOf(text)),
  };
}

/** Latin letters and digits: one byte each. */
const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
