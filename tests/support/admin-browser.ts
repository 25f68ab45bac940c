import { onTestFinished } from 'vitest';
import { createSignInLink } from '../../src/app/admin/sign-in.ts';
import type { Shared } from '../../src/compose/shared.ts';
import { createAdminRoutes } from '../../src/compose/web.ts';
import type { RoleConfig } from '../../src/runtime/config.ts';
import { startWeb } from '../../src/web/server.ts';

/** Serves the admin page of a Dabir in this process until the test ends; resolves to its URL. */
export async function servedAdmin(config: RoleConfig, shared: Shared): Promise<string> {
  const web = await startWeb({ host: '127.0.0.1', port: 0, portName: 'WEB_PORT' }, [], shared.log, [
    createAdminRoutes(config, shared),
  ]);
  onTestFinished(() => web.close());
  return `http://127.0.0.1:${web.port}/admin`;
}

/** A browser without scripts: it keeps cookies, follows no redirect, and sends the origin of its forms. */
export class AdminBrowser {
  readonly cookies = new Map<string, string>();
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  /** Signs in as an admin does: opens the link from the bot and presses its button. */
  static async signedIn(base: string, { adminPage }: Shared, userId: number): Promise<AdminBrowser> {
    const browser = new AdminBrowser(base);
    const link = await createSignInLink(adminPage.signIns, userId);
    await browser.enter(link, await browser.markOf(link));
    return browser;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#fetch(path, { headers });
  }

  /** Posts a form of the page itself, or, with other headers, of another site. */
  async post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = { origin: new URL(this.base).origin },
  ): Promise<Response> {
    return this.#fetch(path, { method: 'POST', headers, body: new URLSearchParams(fields) });
  }

  /** Opens a link's page; returns the word in its form. */
  async markOf(link: string): Promise<string> {
    const page = await (await this.get(`/enter/${link}`)).text();
    return /name="mark" value="([\w-]+)"/.exec(page)?.[1] ?? '';
  }

  enter(link: string, mark: string): Promise<Response> {
    return this.post('/enter', { link, mark });
  }

  /** Returns the key that every form of this session carries. */
  async formKey(): Promise<string> {
    const page = await (await this.get('/now')).text();
    return /name="form" value="([\w-]+)"/.exec(page)?.[1] ?? '';
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie !== '' && { cookie }) };
    const response = await fetch(this.base + path, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
