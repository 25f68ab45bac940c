import type { Undelivered } from '../ports/deliveries.ts';
import { DeliveryError } from '../ports/messenger.ts';
import { type DeliverDependencies, deliver, deliveryName } from './deliver.ts';
import type { SendDelivery } from './send-delivery.ts';

/** Maximum number of files in an album (Bot API, `sendMediaGroup`). */
const maxFiles = 10;

/**
 * Groups answers of which only the album is left by their burst, so that each group fits into one album, in the order in
 * which the uploads arrived; every other answer is alone.
 */
export function groupAlbums(
  due: readonly Undelivered[],
  sent: DeliverDependencies['sent'],
): readonly (readonly Undelivered[])[] {
  const alone: Undelivered[][] = [];
  const open = new Map<number, { members: Undelivered[]; files: number }>();
  const ordered = due.toSorted((a, b) => a.transcription.id - b.transcription.id);
  for (const each of ordered) {
    const { burstId } = each.transcription;
    const files = countAlbumFiles(each, sent);
    if (typeof burstId !== 'number' || files === 0) {
      alone.push([each]);
      continue;
    }
    const group = open.get(burstId);
    if (group !== undefined && group.files + files <= maxFiles) {
      group.members.push(each);
      group.files += files;
    } else {
      const members = [each];
      alone.push(members);
      open.set(burstId, { members, files });
    }
  }
  return alone;
}

/** Returns the number of files of an answer of which only an unsent album is left; 0 for any other. */
function countAlbumFiles(
  { transcription, deliveries }: Undelivered,
  sent: DeliverDependencies['sent'],
): number {
  const [only, ...others] = deliveries;
  if (only?.kind !== 'album' || others.length > 0) return 0;
  // Sent by this process before, and only its mark was lost.
  return sent.find(deliveryName(transcription, only)) === undefined ? only.payload.formats.length : 0;
}

/**
 * Delivers the albums of a group as one. Each keeps its own lease, its own mark and its own messages. When
 * Telegram refuses the album, each is sent by itself, so that one bad file does not keep the others back.
 */
export async function deliverTogether(
  dependencies: DeliverDependencies,
  group: readonly Undelivered[],
): Promise<void> {
  const [first, ...others] = group;
  if (first !== undefined && others.length === 0) return deliver(dependencies, first);
  let album: ReturnType<DeliverDependencies['sendAlbum']> | undefined;
  const send: SendDelivery = async (transcription, delivery) => {
    album ??= dependencies.sendAlbum(group).catch((error) => {
      album = undefined;
      throw error;
    });
    const messageIds = await album.catch((error) => {
      if (error instanceof DeliveryError && error.kind === 'refused') return null;
      throw error;
    });
    return messageIds === null
      ? dependencies.send(transcription, delivery)
      : (messageIds.get(transcription.id) ?? []);
  };
  await Promise.all(group.map((undelivered) => deliver({ ...dependencies, send }, undelivered)));
}
