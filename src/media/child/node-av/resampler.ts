import { AV_CHANNEL_ORDER_UNSPEC, AV_SAMPLE_FMT_S16, type AVSampleFormat } from 'node-av/constants';
import { avChannelLayoutDefault, Frame, SoftwareResampleContext } from 'node-av/lib';
import { sampleRate } from '../../wav.ts';

const mono = avChannelLayoutDefault(1);
const stereo = avChannelLayoutDefault(2);
/** libswresample mixes at most 64 channels (SWR_CH_MAX). */
const maxChannels = 64;

type Open = {
  readonly context: SoftwareResampleContext;
  readonly isStereo: boolean;
  /** Layout to set on each frame; null to use the frame's own. */
  readonly layout: Frame['channelLayout'] | null;
};

/**
 * Converts decoded frames of any rate, layout and sample format to 16 kHz 16-bit samples: stereo ones to stereo, all
 * others to mono.
 */
export class Resampler {
  readonly #onSamples: (data: Buffer, count: number, isStereo: boolean) => void;
  readonly #out = new Frame();
  #open: Open | null = null;

  /**
   * @param onSamples gets little-endian samples in a buffer that holds at least `count` and is valid only during
   * the call; `count` is that of one channel
   */
  constructor(onSamples: (data: Buffer, count: number, isStereo: boolean) => void) {
    this.#onSamples = onSamples;
    this.#out.alloc();
  }

  /** Converts one frame; returns false if it cannot be converted. Rate and layout may change within a file. */
  push(frame: Frame): boolean {
    if (this.#open !== null && this.#take(this.#open, frame)) return true;
    // libswresample refuses a frame whose properties differ from those it was opened for.
    this.flush();
    this.#open = openFor(frame);
    return this.#open !== null && this.#take(this.#open, frame);
  }

  /** Emits the samples that the filter still holds. */
  flush(): void {
    if (this.#open === null) return;
    while (this.#convert(this.#open, null) > 0);
    this.#open.context.free();
    this.#open = null;
  }

  /** Frees FFmpeg's memory. */
  close(): void {
    this.#open?.context.free();
    this.#open = null;
    this.#out.free();
  }

  #take(open: Open, frame: Frame): boolean {
    const { layout } = open;
    if (layout !== null) {
      // A layout with more channels than the frame would read memory beyond the frame.
      if (frame.channels !== layout.nbChannels) return false;
      frame.channelLayout = layout;
    }
    return this.#convert(open, frame) >= 0;
  }

  /** Returns the number of output samples, or FFmpeg's negative error. */
  #convert({ context, isStereo }: Open, frame: Frame | null): number {
    const out = this.#out;
    out.unref();
    out.channelLayout = isStereo ? stereo : mono;
    out.format = AV_SAMPLE_FMT_S16;
    out.sampleRate = sampleRate;
    const result = context.convertFrame(out, frame);
    if (result < 0) return result;
    const data = out.nbSamples > 0 ? out.data?.[0] : undefined;
    if (data !== undefined) this.#onSamples(data, out.nbSamples, isStereo);
    return out.nbSamples;
  }
}

function openFor(frame: Frame): Open | null {
  if (frame.channels <= 0 || frame.channels > maxChannels) return null;
  const stated = frame.channelLayout;
  const layouts = stated.order === AV_CHANNEL_ORDER_UNSPEC ? [] : [stated];
  // If the file has no channel positions, or some that cannot be mixed, the default layout for the number of
  // channels is used.
  layouts.push(avChannelLayoutDefault(frame.channels));
  for (const layout of layouts) {
    const context = new SoftwareResampleContext();
    const format = frame.format as AVSampleFormat;
    const isStereo = frame.channels === 2;
    const target = isStereo ? stereo : mono;
    const made = context.allocSetOpts2(
      target,
      AV_SAMPLE_FMT_S16,
      sampleRate,
      layout,
      format,
      frame.sampleRate,
    );
    if (made >= 0 && context.init() >= 0)
      return { context, isStereo, layout: layout === stated ? null : layout };
    context.free();
  }
  return null;
}
