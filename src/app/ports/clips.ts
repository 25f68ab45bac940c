import type { Clip } from '../../domain/delivery.ts';
import type { Addressee } from './lanes.ts';

/** Sends clips of audio. Both methods resolve to the message id and reject with a DeliveryError. */
export type Clips = {
  /**
   * Sends a clip.
   * @param bytes OGG/Opus
   */
  send(to: Addressee, clip: Clip, bytes: Uint8Array<ArrayBuffer>, seconds: number): Promise<number>;
  /** Tells the user that the audio is no longer available. */
  sendNone(to: Addressee, clip: Clip): Promise<number>;
};
