import type { Core, Method } from '../core.ts';
import { isLoopback } from '../http/local-only.ts';
import { maxPollTimeoutS } from '../limits.ts';
import type { Webhook } from '../state/state.ts';
import { badRequest, conflict } from './bot-api-error.ts';
import type { Parameters } from './parameters.ts';

const getUpdates: Method = async (core, parameters) => {
  if (core.state.webhook) {
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  const int32 = 2 ** 31 - 1;
  const offset = parameters.integer('offset', 0, -int32, int32);
  const limit = parameters.integer('limit', 100, 1, 100);
  const timeoutS = parameters.integer('timeout', 0, 0, maxPollTimeoutS);
  setAllowedUpdates(core, parameters);
  return { result: await core.updates.poll(offset, limit, timeoutS) };
};

const setWebhook: Method = (core, parameters) => {
  const url = parameters.text('url').trim();
  if (url === '') return deleteWebhook(core, parameters);
  const webhook: Webhook = {
    url: checkedUrl(url),
    secretToken: checkedSecret(parameters.text('secret_token')),
    maxConnections: parameters.integer('max_connections', 40, 1, 100),
  };
  const same = JSON.stringify(core.state.webhook) === JSON.stringify(webhook);
  setAllowedUpdates(core, parameters);
  if (parameters.flag('drop_pending_updates')) core.updates.drop();
  else if (same) return { result: true, description: 'Webhook is already set' };
  core.journal.record({ fact: 'webhook', webhook });
  core.updates.refuseLongPoll('terminated by setWebhook request');
  core.webhook.restart();
  return { result: true, description: 'Webhook was set' };
};

const deleteWebhook: Method = (core, parameters) => {
  const existed = core.state.webhook !== null;
  if (parameters.flag('drop_pending_updates')) core.updates.drop();
  if (!existed) return { result: true, description: 'Webhook is already deleted' };
  core.journal.record({ fact: 'webhook', webhook: null });
  core.webhook.restart();
  return { result: true, description: 'Webhook was deleted' };
};

const getWebhookInfo: Method = (core) => {
  const { webhook, allowedUpdates } = core.state;
  const { lastError } = core.webhook;
  return {
    result: {
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: core.updates.pending().length,
      ...(webhook && { max_connections: webhook.maxConnections }),
      ...(lastError && { last_error_date: lastError.date, last_error_message: lastError.message }),
      ...(allowedUpdates.length > 0 && { allowed_updates: allowedUpdates }),
    },
  };
};

/** The methods by which the bot gets updates. */
export const updateMethods = { getUpdates, setWebhook, deleteWebhook, getWebhookInfo } as const;

/**
 * Sets the allowed updates. A missing or malformed list keeps the earlier one; an empty one means the
 * default.
 */
function setAllowedUpdates(core: Core, parameters: Parameters): void {
  const value = parameters.json('allowed_updates');
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string')) return;
  const names = [...new Set(value.map((name) => name.toLowerCase()))].sort();
  if (JSON.stringify(names) !== JSON.stringify(core.state.allowedUpdates)) {
    core.journal.record({ fact: 'allowed-updates', names });
  }
}

/**
 * Checks a webhook URL. Telegram requires HTTPS on certain ports; here a bot on this machine may use plain
 * HTTP on any port.
 */
function checkedUrl(text: string): string {
  const withProtocol = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withProtocol)) throw badRequest('invalid webhook URL specified');
  const { protocol, hostname } = new URL(withProtocol);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  }
  return withProtocol;
}

function checkedSecret(text: string): string {
  // 1-256 characters A-Z, a-z, 0-9, _ and - (setWebhook).
  if (text.length > 256) throw badRequest('secret token is too long');
  if (!/^[\w-]*$/.test(text)) throw badRequest('secret token contains unallowed characters');
  return text;
}
