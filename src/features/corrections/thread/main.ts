/** Entry point of the thread that corrects transcripts; `CorrectionThread` starts it. */

import type { Segment } from '../../../domain/transcript.ts';
import { unpack } from '../../../threads/packed.ts';
import { serve } from '../../../threads/serve.ts';
import { correct } from '../wanted.ts';
import type { CorrectionMade, CorrectionOrder } from './order.ts';

serve<CorrectionOrder, CorrectionMade>(({ segments, wanted }) => {
  const corrected = correct([...unpack<Segment>(segments)], wanted);
  if (typeof corrected === 'string') return { answer: { kind: corrected } };
  const { changed, done, rest } = corrected;
  const own = changed.flatMap((place) => corrected.segments[place] ?? []);
  return { answer: { kind: 'corrected', changed, segments: own, done, ...(rest && { rest }) } };
});
