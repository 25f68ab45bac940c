import { Composer } from 'grammy';
import { logError } from '../../../app/log-error.ts';
import { type Account, isAdmin } from '../../../domain/account.ts';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { accountFeature } from './account.ts';
import { blockFeature } from './block.ts';
import { broadcastFeature } from './broadcast.ts';
import { enginesFeature } from './engines.ts';
import { flushFeature } from './flush.ts';
import { inviteFeature } from './invite.ts';
import { adminPageFeature } from './page.ts';
import { quotaFeature } from './quota.ts';
import { reportFeature } from './report.ts';
import { statsFeature } from './stats.ts';

/** Commands and buttons of admins in their private chat. For other users they do not exist. */
export const adminFeature: Feature = {
  commands: {
    admin: [
      'admin',
      'stats',
      'report',
      'engines',
      'user',
      'quota',
      'block',
      'unblock',
      'flush',
      'invite',
      'broadcast',
    ],
  },
  install(dependencies) {
    const { access, log, menus } = dependencies;
    const composer = new Composer<BotContext>();
    const offered = new Set<number>();
    /**
     * Updates the menu of an admin who is new to this process, or of a user who is no longer an
     * admin. Runs in the background.
     */
    const offerMenu = (account: Account, admin: boolean) => {
      if (offered.has(account.id) === admin) return;
      if (admin) offered.add(account.id);
      else offered.delete(account.id);
      menus
        .putUpFor(account, admin)
        .catch((error) => logError(log, 'debug', {}, error, "admin's command menu not updated"));
    };
    composer.chatType('private').use((ctx, next) => {
      offerMenu(ctx.account, isAdmin(ctx.account, access));
      return next();
    });
    composer
      .chatType('private')
      .filter((ctx) => isAdmin(ctx.account, access))
      .use(
        statsFeature(dependencies),
        reportFeature(dependencies),
        enginesFeature(dependencies),
        accountFeature(dependencies),
        blockFeature(dependencies),
        quotaFeature(dependencies),
        flushFeature(dependencies),
        inviteFeature(dependencies),
        broadcastFeature(dependencies),
        adminPageFeature(dependencies),
      );
    return composer;
  },
};
