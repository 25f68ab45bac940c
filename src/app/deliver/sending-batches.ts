import { type Delivery, inOrderOfDelivery } from '../../domain/delivery.ts';

/**
 * Returns deliveries in order, in batches that are marked together: each delivery with those after it that send no new
 * message. A process that dies before the mark so sends one message of a batch twice at most.
 * @param isStatusShown true when the transcription has a status message, which a status delivery edits: the same edit
 * again changes nothing
 */
export function sendingBatches(
  deliveries: readonly Delivery[],
  isStatusShown: boolean,
): [Delivery, ...Delivery[]][] {
  const batches: [Delivery, ...Delivery[]][] = [];
  for (const delivery of inOrderOfDelivery(deliveries)) {
    const batch = batches.at(-1);
    if (batch !== undefined && sendsNothingNew(delivery, isStatusShown)) batch.push(delivery);
    else batches.push([delivery]);
  }
  return batches;
}

function sendsNothingNew(delivery: Delivery, isStatusShown: boolean): boolean {
  if (delivery.kind === 'album') return delivery.payload.formats.length === 0;
  return delivery.kind === 'status' && isStatusShown;
}
