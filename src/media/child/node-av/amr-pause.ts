import type { Packet } from 'node-av/lib';

/** First frame type without speech (comfort noise or no data), by codec (3GPP TS 26.101, 26.201). */
const firstTypeWithoutSpeech = new Map([
  ['amr_nb', 8],
  ['amr_wb', 9],
]);

/** Returns true for a frame that phones record during a pause. FFmpeg's decoders report such frames as errors. */
export function isAmrPause(codecName: string, packet: Packet): boolean {
  const first = firstTypeWithoutSpeech.get(codecName);
  const header = first === undefined ? undefined : packet.data?.[0];
  return header !== undefined && first !== undefined && ((header >> 3) & 0xf) >= first;
}
