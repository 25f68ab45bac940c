import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { MessageContent, ShownMessage } from '../conversation.ts';
import type { Core } from '../core.ts';
import { userOf } from './people.ts';
import { PersonError } from './person-error.ts';
import { extraContent, type Place, type SendOptions } from './send.ts';

/** What a person can send that is neither text nor a file. Limits: sendPoll, InputPollOption, sendLocation. */
export const attachmentSchema = z.discriminatedUnion('kind', [
  /** A contact: another person of the playground. */
  z.object({ kind: z.literal('contact'), user_id: z.int() }),
  z.object({
    kind: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  z.object({
    kind: z.literal('poll'),
    question: z.string().trim().min(1).max(300),
    options: z.array(z.string().trim().min(1).max(100)).min(1).max(12),
  }),
]);
type Attachment = z.infer<typeof attachmentSchema>;

/** Sends a contact, a location or a poll of a person. */
export function sendAttachment(
  core: Core,
  place: Place,
  attachment: Attachment,
  options: SendOptions = {},
): ShownMessage {
  return place.post({ ...extraContent(core, place, options), ...contentOf(core, attachment) });
}

function contentOf(core: Core, attachment: Attachment): MessageContent {
  switch (attachment.kind) {
    case 'contact': {
      const person = core.state.people.get(attachment.user_id);
      if (!person) throw new PersonError(404, 'There is no such person.');
      const { id, first_name, last_name } = userOf(person);
      // The playground gives nobody a telephone: a number from the range that is reserved for fiction.
      const phone_number = `+1202555${String(id % 10_000).padStart(4, '0')}`;
      return {
        contact: { phone_number, first_name, ...(last_name !== undefined && { last_name }), user_id: id },
      };
    }
    case 'location': {
      const { latitude, longitude } = attachment;
      return { location: { latitude, longitude } };
    }
    case 'poll':
      return {
        poll: {
          id: String(Date.now()),
          question: attachment.question,
          options: attachment.options.map((text) => ({ persistent_id: randomUUID(), text, voter_count: 0 })),
          total_voter_count: 0,
          is_closed: false,
          is_anonymous: true,
          type: 'regular',
          allows_multiple_answers: false,
          allows_revoting: true,
          members_only: false,
        },
      };
  }
}
