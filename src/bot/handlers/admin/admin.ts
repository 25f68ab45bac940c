import { Composer } from 'grammy';
import { logError } from '../../../app/log-error.ts';
import type { Log } from '../../../app/ports/log.ts';
import { type AccessRules, type Account, isAdmin } from '../../../domain/account.ts';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { restrictToAdmins } from '../../restrict-to-admins.ts';
import { createEnginesFeature, type EnginesDependencies } from './engines.ts';
import { type AdminPageDependencies, createAdminPageFeature } from './page.ts';
import { createReportFeature, type ReportDependencies } from './report.ts';
import { createStatsFeature } from './stats.ts';

type AdminDependencies = EnginesDependencies &
  ReportDependencies &
  AdminPageDependencies & { readonly access: AccessRules; readonly log: Log };

/** Commands and buttons of admins in their private chat. For other users they do not exist. */
export const adminFeature: Feature<AdminDependencies> = {
  commands: {
    admin: ['admin', 'stats', 'report', 'engines'],
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
        .publishFor(account, admin)
        .catch((error) => logError(log, 'debug', {}, error, "admin's command menu not updated"));
    };
    composer.chatType('private').use((ctx, next) => {
      offerMenu(ctx.account, isAdmin(ctx.account, access));
      return next();
    });
    composer.use(
      restrictToAdmins(
        access,
        createStatsFeature(dependencies),
        createReportFeature(dependencies),
        createEnginesFeature(dependencies),
        createAdminPageFeature(dependencies),
      ),
    );
    return composer;
  },
};
