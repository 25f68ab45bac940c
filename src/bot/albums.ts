/** Maximum number of albums that are remembered; an album's messages arrive within seconds. */
const maxAlbums = 1_000;

/**
 * Returns a function that is true for the first message of an album, and for every message outside of albums. Telegram
 * sends an album as one update per message, and an answer to each would repeat itself.
 */
export function firstOfAlbums(): (message: {
  readonly chat: { readonly id: number };
  readonly media_group_id?: string;
}) => boolean {
  const seen = new Set<string>();
  return ({ chat, media_group_id: album }) => {
    if (album === undefined) return true;
    const name = `${chat.id}:${album}`;
    if (seen.has(name)) return false;
    const [oldest] = seen;
    if (seen.size >= maxAlbums && oldest !== undefined) seen.delete(oldest);
    seen.add(name);
    return true;
  };
}
