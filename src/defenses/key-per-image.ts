/** A key for each picture: what one shows of its own key says nothing about another's. */
import { defineDefense } from '../core/defense.ts';

export default defineDefense({
  id: 'key-per-image',
  title: 'A key for each picture',
  says: 'Shuffles each picture by a key of its own. Nothing adds up from picture to picture any more, for an attacker or for a network that learns from them.',
  paper: {
    title: 'Encryption-then-compression systems using grayscale-based image encryption for JPEG images',
    authors: 'Chuman, Sirichotedumrong, Kiya',
    venue: 'TIFS',
    year: 2019,
    arxiv: '1811.00236',
  },
  against: ['data decryption'],
  params: {},
  onProtection: (_options, protection) =>
    protection.id === 'block-encryption' ? { ...protection, key: 'each picture' } : undefined,
});
