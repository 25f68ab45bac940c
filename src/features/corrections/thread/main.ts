/** Entry point of the thread that corrects transcripts; `CorrectionThread` starts it. */

import type { Segment } from '../../../domain/transcript.ts';
import { unpack } from '../../../threads/packed.ts';
import { serve } from '../../../threads/serve.ts';
import { correct } from '../wanted.ts';
import type { AppliedCorrection, CorrectionRequest } from './request.ts';

serve<CorrectionRequest, AppliedCorrection>(({ segments, wanted }) => {
  const corrected = correct([...unpack<Segment>(segments)], wanted);
  if (typeof corrected === 'string') return { result: { kind: corrected } };
  const { changed, done, rest } = corrected;
  const own = changed.flatMap((place) => corrected.segments[place] ?? []);
  return { result: { kind: 'corrected', changed, segments: own, done, ...(rest && { rest }) } };
});
