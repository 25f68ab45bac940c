import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

const overHttp = new HttpAgent({ keepAlive: true });
const overHttps = new HttpsAgent({ keepAlive: true });

/**
 * Returns the agent for requests to an address. All clients of Telegram in a process share it, so a download finds the
 * connection of a call open, which saves the round trips of a new one. Connections stay open as long as the server
 * keeps them.
 */
export function keepAliveAgent(address: string): HttpAgent {
  return address.startsWith('https:') ? overHttps : overHttp;
}
