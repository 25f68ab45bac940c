import { type Delivery, inOrderOfDelivery } from '../../domain/delivery.ts';
import { isAnnouncedEnd } from '../../domain/status.ts';

/**
 * Returns deliveries in order, in batches that are marked together: one delivery that sends new messages at most, and
 * those around it that send none. If a process dies before the mark, at most one message of the batch is sent twice. A
 * revision is alone in its batch, because it changes what is marked as sent.
 * @param isStatusShown true when the transcription has a status message, which a status delivery edits: the same edit
 * again changes nothing
 */
export function sendingBatches(
  deliveries: readonly Delivery[],
  isStatusShown: boolean,
): [Delivery, ...Delivery[]][] {
  const batches: [Delivery, ...Delivery[]][] = [];
  let hasNew = true;
  for (const delivery of inOrderOfDelivery(deliveries)) {
    const batch = batches.at(-1);
    const isNew = sendsNew(delivery, isStatusShown);
    if (batch !== undefined && !(hasNew && isNew) && delivery.kind !== 'revision') {
      batch.push(delivery);
      hasNew ||= isNew;
    } else {
      batches.push([delivery]);
      hasNew = isNew;
    }
  }
  return batches;
}

function sendsNew(delivery: Delivery, isStatusShown: boolean): boolean {
  if (delivery.kind === 'album') return delivery.payload.formats.length > 0;
  if (delivery.kind !== 'status') return true;
  return !isStatusShown || isAnnouncedEnd(delivery.payload);
}
