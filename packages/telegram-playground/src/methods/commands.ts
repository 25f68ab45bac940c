import type { BotCommand } from '@grammyjs/types';
import type { Core, Method } from '../core.ts';
import { isGroup, type State } from '../state/state.ts';
import { badRequest } from './bot-api-error.ts';
import { readChat } from './lookup.ts';
import { Parameters } from './parameters.ts';

/** Limits of setMyCommands and BotCommand. */
const maxCommands = 100;
const maxDescriptionLength = 256;

const setMyCommands: Method = (core, parameters) => {
  const value = parameters.jsonOr('commands', "can't parse commands JSON object") ?? [];
  if (!Array.isArray(value)) throw badRequest('expected an Array of BotCommand');
  if (value.length > maxCommands) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  const commands = value.map(readCommand);
  return change(core, readKey(core, parameters), commands);
};

const deleteMyCommands: Method = (core, parameters) => change(core, readKey(core, parameters), []);

const getMyCommands: Method = (core, parameters) => ({
  result: core.state.commands.get(readKey(core, parameters)) ?? [],
});

/** The methods for the list of commands. */
export const commandMethods = { setMyCommands, deleteMyCommands, getMyCommands } as const;

/** Returns the commands that a person sees in the private chat (the order is BotCommandScope's). */
export function commandsFor(
  state: State,
  chatId: number | undefined,
  language: string,
): readonly BotCommand[] {
  const scopes = [...(chatId === undefined ? [] : [`chat:${chatId}`]), 'all_private_chats', 'default'];
  for (const scope of scopes) {
    const commands = state.commands.get(`${scope}/${language}`) ?? state.commands.get(`${scope}/`);
    if (commands) return commands;
  }
  return [];
}

function change(core: Core, key: string, commands: readonly BotCommand[]) {
  core.journal.record({ fact: 'commands', key, commands });
  for (const person of core.state.people.values()) {
    core.events.send(person.id, 'commands', {
      commands: commandsFor(core.state, person.id, person.language_code),
    });
  }
  return { result: true };
}

function readCommand(value: unknown): BotCommand {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable('expected an Object');
  const fields = new Map<string, unknown>(Object.entries(value));
  const command = textField(fields, 'command').trim().replace(/^\//, '').toLowerCase();
  const description = textField(fields, 'description').trim();
  if (command === '') throw badRequest('command must be non-empty');
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (description === '') throw badRequest('command description must be non-empty');
  if (description.length > maxDescriptionLength) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command, description };
}

function textField(fields: ReadonlyMap<string, unknown>, name: string): string {
  const value = fields.get(name);
  if (value === undefined) throw unreadable(`Can't find field "${name}"`);
  if (typeof value !== 'string') throw unreadable(`Field "${name}" must be of type String`);
  return value;
}

function unreadable(complaint: string): Error {
  return badRequest(`can't parse BotCommand: ${complaint}`);
}

/** Returns the key under which a list of commands is stored: its scope and its language. */
function readKey(core: Core, parameters: Parameters): string {
  const language = parameters.text('language_code');
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified');
  return `${readScope(core, parameters)}/${language}`;
}

function readScope(core: Core, parameters: Parameters): string {
  const value = parameters.jsonOr('scope', "can't parse BotCommandScope JSON object");
  if (value === undefined) return 'default';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest("can't parse BotCommandScope: BotCommandScope must be an Object");
  }
  const scope = Parameters.fromJson(value);
  const type = scope.text('type');
  switch (type) {
    case 'default':
    case 'all_private_chats':
    case 'all_group_chats':
    case 'all_chat_administrators':
      return type;
    case 'chat':
      return `chat:${readChat(core, scope).id}`;
    case 'chat_administrators':
    case 'chat_member': {
      const peer = readChat(core, scope);
      if (!isGroup(peer)) throw badRequest("can't use specified scope in private chats");
      return type === 'chat_administrators'
        ? `${type}:${peer.id}`
        : `${type}:${peer.id}:${scope.text('user_id')}`;
    }
    case '':
      throw badRequest('can\'t parse BotCommandScope: Can\'t find field "type"');
    default:
      throw badRequest("can't parse BotCommandScope: Unsupported type specified");
  }
}
