import type { Lanes, SubmitResult } from '../../src/app/ports/lanes.ts';
import type { Upload } from '../../src/domain/transcription.ts';
import type { LaneSettings } from '../../src/store/lane-records.ts';

/** A lane whose leases do not lapse during a test. */
export const patientLanes: LaneSettings = {
  jobLeaseMs: 60_000,
  dispatchMs: 60_000,
  maxLosses: 3,
  firstLossBackoffMs: 60_000,
  maxOpenFiles: 1_000_000,
  maxOpenMinutes: 1_000_000,
  minutesADay: null,
  minutesAMonth: null,
  timeZone: 'Asia/Tehran',
  historyMs: 86_400_000,
};

/** Submits a file to a lane that has room. */
export async function submitted(lanes: Lanes, file: Upload): Promise<SubmitResult & { outcome: 'accepted' }> {
  const result = await lanes.submit(file);
  if (result.outcome !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
  return result;
}

let messages = 0;

/** Returns a voice note of a user; every call gives another message unless told otherwise. */
export function upload({
  user,
  messageId,
  fileName = null,
}: {
  user: number;
  messageId?: number;
  fileName?: string | null;
}): Upload {
  messages += 1;
  const message = messageId ?? messages;
  return {
    uploadKey: `1:${user}:${message}`,
    user: { id: user, firstName: 'سارا', lastName: null, username: null, languageCode: 'fa' },
    chat: { id: user, type: 'private', title: null },
    messageId: message,
    threadId: null,
    kind: 'voice',
    fileId: `file-${message}`,
    fileUniqueId: `unique-${message}`,
    fileName,
    mimeType: 'audio/ogg',
    fileSize: 33_090,
    announcedSeconds: 11,
    language: null,
    senderName: null,
    engine: null,
    formats: [],
    sentAtSeconds: 1_795_000_000,
  };
}
