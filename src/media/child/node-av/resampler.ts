import { AV_CHANNEL_ORDER_UNSPEC, AV_SAMPLE_FMT_S16, type AVSampleFormat } from 'node-av/constants';
import { avChannelLayoutDefault, Frame, SoftwareResampleContext } from 'node-av/lib';
import { sampleRate } from '../../wav.ts';

const mono = avChannelLayoutDefault(1);
/** libswresample mixes at most 64 channels (SWR_CH_MAX). */
const mostChannels = 64;

type Open = {
  readonly context: SoftwareResampleContext;
  /** What each frame has to be given, null when its own will do. */
  readonly layout: Frame['channelLayout'] | null;
};

/** Turns decoded frames of any rate, layout and sample format into 16 kHz mono 16-bit samples. */
export class Resampler {
  readonly #onSamples: (data: Buffer, count: number) => void;
  readonly #out = new Frame();
  #open: Open | null = null;

  /** `onSamples` gets little-endian samples in a buffer that holds at least `count` and is valid for that call only. */
  constructor(onSamples: (data: Buffer, count: number) => void) {
    this.#onSamples = onSamples;
    this.#out.alloc();
  }

  /** Takes one frame; false when it cannot be converted. A file may change its rate or layout half-way. */
  push(frame: Frame): boolean {
    if (this.#open !== null && this.#take(this.#open, frame)) return true;
    // libswresample refuses a frame that is not as the one it was opened for.
    this.flush();
    this.#open = openFor(frame);
    return this.#open !== null && this.#take(this.#open, frame);
  }

  /** Gives the samples that the resampling filter still holds. */
  flush(): void {
    if (this.#open === null) return;
    while (this.#convert(this.#open.context, null) > 0);
    this.#open.context.free();
    this.#open = null;
  }

  /** Frees FFmpeg's memory. */
  close(): void {
    this.#open?.context.free();
    this.#open = null;
    this.#out.free();
  }

  #take({ context, layout }: Open, frame: Frame): boolean {
    if (layout !== null) {
      // A layout of more channels than there are would have memory read that is not the frame's.
      if (frame.channels !== layout.nbChannels) return false;
      frame.channelLayout = layout;
    }
    return this.#convert(context, frame) >= 0;
  }

  /** How many samples came out, or FFmpeg's negative error. */
  #convert(context: SoftwareResampleContext, frame: Frame | null): number {
    const out = this.#out;
    out.unref();
    out.channelLayout = mono;
    out.format = AV_SAMPLE_FMT_S16;
    out.sampleRate = sampleRate;
    const result = context.convertFrame(out, frame);
    if (result < 0) return result;
    const data = out.nbSamples > 0 ? out.data?.[0] : undefined;
    if (data !== undefined) this.#onSamples(data, out.nbSamples);
    return out.nbSamples;
  }
}

function openFor(frame: Frame): Open | null {
  if (frame.channels <= 0 || frame.channels > mostChannels) return null;
  const stated = frame.channelLayout;
  const layouts = stated.order === AV_CHANNEL_ORDER_UNSPEC ? [] : [stated];
  // Where the file does not say which loudspeaker is which, or names some that cannot be mixed, the usual order of
  // that many channels is taken.
  layouts.push(avChannelLayoutDefault(frame.channels));
  for (const layout of layouts) {
    const context = new SoftwareResampleContext();
    const format = frame.format as AVSampleFormat;
    const made = context.allocSetOpts2(mono, AV_SAMPLE_FMT_S16, sampleRate, layout, format, frame.sampleRate);
    if (made >= 0 && context.init() >= 0) return { context, layout: layout === stated ? null : layout };
    context.free();
  }
  return null;
}
