import type { Packet } from 'node-av/lib';

/** From these frame types on a frame holds no speech: a description of the noise, or nothing (3GPP TS 26.101, 26.201). */
const firstTypeWithoutSpeech = new Map([
  ['amr_nb', 8],
  ['amr_wb', 9],
]);

/** True for what a telephone records instead of a pause. FFmpeg's decoders take such frames for errors. */
export function isAmrPause(codecName: string, packet: Packet): boolean {
  const first = firstTypeWithoutSpeech.get(codecName);
  const header = first === undefined ? undefined : packet.data?.[0];
  return header !== undefined && first !== undefined && ((header >> 3) & 0xf) >= first;
}
