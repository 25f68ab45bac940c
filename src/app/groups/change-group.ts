import type { GroupChange } from '../../domain/group-change.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Upload } from '../../domain/transcription.ts';
import type { Groups } from './ports.ts';

/**
 * Changes a group's settings for one of its admins. The admin who switches automatic transcription on owns the
 * transcriptions of messages that were not sent by a user.
 */
export async function changeGroup(
  groups: Groups,
  chat: Upload['chat'],
  adminId: UserId,
  change: GroupChange,
): Promise<void> {
  switch (change.what) {
    case 'automatic':
      return groups.change(chat, { automaticBy: change.isOn ? adminId : null });
    case 'engine':
      return groups.change(chat, { engine: change.engine });
    case 'language':
      return groups.change(chat, { speechLanguage: change.language });
    case 'format':
      return groups.setFormat(chat, change.format, change.isOn);
  }
}
