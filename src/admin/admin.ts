import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { type TextLanguage, textLanguage, textLanguages } from '../domain/languages.ts';
import { loadAssets } from './assets.ts';
import type { AdminDependencies, AdminEnvironment } from './context.ts';
import { createCookies } from './cookies.ts';
import { createEntryRoutes, sessionCookie } from './entry.ts';
import { requireOwnForm, requireSession } from './guard.ts';
import { adminPages } from './pages.ts';
import { adminPath } from './path.ts';
import { refuseUnreadableForm } from './readable-form.ts';

/** Maximum body in bytes; the forms are short. */
const maxBodyBytes = 100_000;

const languageCookie = 'language';
const yearSeconds = 365 * 86_400;
/** Address of a page of this host's admin page, in the characters that a header may hold. */
const ownAddress = new RegExp(`^${adminPath}/[\\x21-\\x7e]*$`);

/** Returns the browser's preferred language; Persian if it sends none. */
function preferred(context: Context): TextLanguage {
  const [first = ''] = (context.req.header('accept-language') ?? '').split(/[,;]/);
  return textLanguage(first === '' || first === '*' ? null : first);
}

/**
 * Creates the admin page. Everything comes from this host, its HTML holds no scripts, and users who are not
 * signed in see only the sign-in pages. Its errors are thrown to the caller.
 */
export async function createAdmin(dependencies: AdminDependencies): Promise<Hono> {
  const { texts, isSecure, signIns } = dependencies;
  const assets = await loadAssets(adminPath);
  const cookies = createCookies(isSecure);
  const menu = adminPages.filter(({ isInMenu }) => isInMenu).map(({ name }) => name);
  const shell = { base: adminPath, menu, address: assets.address };
  const admin = new Hono<AdminEnvironment>();
  admin.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: isSecure,
      xFrameOptions: 'DENY',
    }),
  );
  admin.route('/', assets.routes);
  admin.use(async (context, next) => {
    context.header('cache-control', 'no-store');
    const chosen = cookies.get(context, languageCookie);
    const language: TextLanguage = textLanguages.find((known) => known === chosen) ?? preferred(context);
    context.set('language', language);
    context.set('say', (key, variables) => texts(language, key, variables));
    if (context.req.method === 'GET') context.set('path', context.req.path + new URL(context.req.url).search);
    return next();
  });
  admin.use(csrf(), bodyLimit({ maxSize: maxBodyBytes }), refuseUnreadableForm());
  admin.post('/language', async (context) => {
    const { language, back } = await context.req.parseBody();
    const known = textLanguages.find((one) => one === language);
    if (known !== undefined) cookies.set(context, languageCookie, known, yearSeconds);
    // Back to the page that was open, such as the sign-in of somebody who is not signed in yet.
    const isOwnPage = typeof back === 'string' && ownAddress.test(back);
    return context.redirect(isOwnPage ? back : `${adminPath}/now`, 303);
  });
  admin.route('/', createEntryRoutes(dependencies, shell, cookies));
  admin.use(requireSession(dependencies, shell, cookies), requireOwnForm());
  admin.get('/', (context) => context.redirect(`${adminPath}/now`));
  admin.post('/leave', async (context) => {
    const { everywhere } = await context.req.parseBody();
    const { session } = context.var;
    await (everywhere === undefined
      ? signIns.endSession(session.id)
      : signIns.endAllSessions(session.userId));
    await dependencies.audit(session.userId, 'sign-out', null, { everywhere: everywhere !== undefined });
    cookies.remove(context, sessionCookie);
    return context.redirect(adminPath, 303);
  });
  for (const { name, routes } of adminPages) admin.route(`/${name}`, routes(dependencies, shell));
  const app = new Hono();
  app.route(adminPath, admin);
  app.notFound((context) => context.text('not found\n', 404));
  app.onError((error) => {
    throw error;
  });
  return app;
}
