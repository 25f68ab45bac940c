import type { GroupChange } from '../../domain/group-change.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Upload } from '../../domain/transcription.ts';
import type { Groups } from './ports.ts';

/** An admin of a group changes how the bot works there. What is written down unasked from now on, they answer for. */
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
