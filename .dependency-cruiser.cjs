/** Who may import whom, and why. `npm run check:imports` fails on a violation, and when it cruised nothing at all. */

const adapters = 'bot|telegram|queue|store|engines|media|documents|web|admin|metrics|embedded|language-model';

/** One library, one home. */
const home = (library, folders, comment) => ({
  name: `${library.replaceAll(/[^a-z]/g, '-')}-stays-home`,
  comment,
  severity: 'error',
  from: { pathNot: `^(${folders}|packages|tests|bench|scripts)` },
  to: { path: `^node_modules/${library}/`, dependencyTypesNot: ['type-only'] },
});

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment:
        'The words and rules of the product depend on nothing, so that they can be read and tested alone.',
      severity: 'error',
      from: { path: '^src/domain' },
      to: { pathNot: '^src/domain' },
    },
    {
      name: 'app-knows-ports-only',
      comment: 'Use cases speak to the world through app/ports; whoever builds the adapters hands them in.',
      severity: 'error',
      from: { path: '^src/app' },
      to: { path: '^(src|worker)/', pathNot: '^src/(app|domain|lib)/' },
    },
    {
      name: 'texts-stand-apart',
      comment: 'What people read is used by several adapters and uses none of them.',
      severity: 'error',
      from: { path: '^src/texts' },
      to: { path: '^(src|worker)/', pathNot: '^src/(texts|app|domain)/' },
    },
    {
      name: 'adapters-do-not-know-each-other',
      comment: 'An adapter can be replaced without touching another; compose/ joins them.',
      severity: 'error',
      from: { path: `^src/(${adapters})/` },
      to: { path: `^src/(${adapters})/`, pathNot: '^src/$1/' },
    },
    {
      name: 'adapters-do-not-know-the-roots',
      comment: 'Roots import adapters, never the other way: nothing happens on import.',
      severity: 'error',
      from: { path: `^src/(${adapters}|app|domain|texts)/` },
      to: { path: '^(src/[^/]+\\.ts|src/(compose|runtime|standalone|operations)/|worker/)' },
    },
    {
      name: 'lib-depends-on-nothing',
      comment: 'Helpers that everybody may use, so they may use nobody.',
      severity: 'error',
      from: { path: '^src/lib' },
      to: { path: '^(src|worker|packages)/', pathNot: '^src/lib' },
    },
    {
      name: 'http-is-below-the-adapters',
      comment: 'Engines and the language model share it, so it may use neither.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^(src|worker|packages)/', pathNot: '^src/(http|domain)/' },
    },
    {
      name: 'runtime-knows-no-adapter',
      comment:
        'Configuration, log and process role start before any adapter exists; compose/ builds adapters.',
      severity: 'error',
      from: { path: '^src/runtime' },
      to: {
        path: `^(src/(${adapters}|compose|standalone|operations)/|worker/)`,
        pathNot: '^src/engines/(registry|(local|speakers)/configuration)\\.ts',
      },
    },
    {
      name: 'features-by-their-entry',
      comment:
        'What a feature does not offer in its index.ts may change without notice. Its chat is installed in one place, bot/feature-list.ts, and its pages for admins in another, admin/pages.ts.',
      severity: 'error',
      from: { path: '^(src|worker)/', pathNot: '^src/features/|^src/(bot/feature-list|admin/pages)\\.ts$' },
      to: { path: '^src/features/[^/]+/', pathNot: '^src/features/[^/]+/index\\.ts$' },
    },
    {
      name: 'features-know-each-other-by-their-entry',
      comment: 'A feature is one folder: others use what its index.ts offers.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/($1/|[^/]+/index\\.ts$)' },
    },
    {
      name: 'features-use-the-core',
      comment:
        'A feature is built of the core, the runtime and lib; adapters are handed in. threads/ is how work is moved off the event loop, by features as by adapters.',
      severity: 'error',
      from: { path: '^src/features/[^/]+/', pathNot: '^src/features/[^/]+/(chat|admin|store)' },
      to: { path: '^(src|worker)/', pathNot: '^src/(features|app|domain|runtime|lib|texts|threads)/' },
    },
    {
      name: 'features-chat-uses-the-bot',
      comment: 'Handlers speak to Telegram through bot/.',
      severity: 'error',
      from: { path: '^src/features/[^/]+/chat/' },
      to: { path: '^(src|worker)/', pathNot: '^src/(features|bot|app|domain|runtime|lib|texts)/' },
    },
    {
      name: 'features-admin-uses-the-admin-page',
      comment: 'The pages of a feature stand in the frame of the admin page.',
      severity: 'error',
      from: { path: '^src/features/[^/]+/admin/' },
      to: { path: '^(src|worker)/', pathNot: '^src/(features|admin|app|domain|runtime|lib|texts)/' },
    },
    {
      name: 'features-store-uses-the-database',
      comment: 'The SQL of a feature is in its store.',
      severity: 'error',
      from: { path: '^src/features/[^/]+/store' },
      to: { path: '^(src|worker)/', pathNot: '^src/(features|store|app|domain|lib)/' },
    },
    {
      name: 'the-core-knows-no-feature',
      comment: 'The lane works without any of them.',
      severity: 'error',
      from: {
        path: `^src/(app|domain|texts|runtime|lib|${adapters.replace('bot|', '').replace('admin|', '')})/`,
      },
      to: { path: '^src/features/' },
    },
    {
      name: 'src-does-not-know-the-worker',
      comment: 'The bot must start where no worker is installed.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^worker/' },
    },
    {
      name: 'worker-has-no-bot',
      comment: 'A worker answers through app/ports; it neither polls nor serves pages.',
      severity: 'error',
      from: { path: '^worker/' },
      to: { path: '^src/(bot|admin)/|^src/features/[^/]+/(chat|admin)/|^packages/' },
    },
    home(
      'grammy',
      'src/bot|src/telegram|src/features/[^/]+/chat',
      'Telegram comes in through bot/ and goes out through telegram/.',
    ),
    home('@grammyjs/conversations', 'src/bot|src/features/[^/]+/chat', 'Dialogs are a matter of the chat.'),
    home(
      'bullmq',
      'src/queue|worker',
      'Tokens are the only thing BullMQ carries; the lane is not its business.',
    ),
    home(
      'ioredis',
      'src/queue|worker',
      'Redis appears in no precondition, so it must appear in no other file.',
    ),
    home('@prisma', 'src/store|src/features/[^/]+/store', 'SQL is in stores.'),
    home('pg', 'src/store|src/features/[^/]+/store', 'SQL is in stores.'),
    home('pg-copy-streams', 'src/store', 'All SQL is in one place.'),
    home('tar-stream', 'src/operations/backup', 'Only backups are tar files.'),
    home('hono', 'src/web|src/admin|src/features/[^/]+/admin', 'HTTP is served by these and nobody else.'),
    home('node-av', 'src/media', 'Untrusted media is touched in one place, in a process of its own.'),
    home('fflate', 'src/documents', 'Archives are written as the documents in them are.'),
    home('docx', 'src/documents', 'One writer per format.'),
    home('pdfkit', 'src/documents', 'One writer per format.'),
    home('fontkit', 'src/documents', 'Fonts are parsed once, on the thread of documents.'),
    home('harfbuzzjs', 'src/documents', 'Fonts are parsed once, on the thread of documents.'),
    home(
      'undici',
      'src/http|src/features/links',
      'Services are spoken to by http/, which keeps credentials at their host, and strangers by features/links/fetch.',
    ),
    home('ipaddr.js', 'src/features/links/address', 'Which addresses are public is decided in one place.'),
    home('prom-client', 'src/metrics', 'What is counted has its names in one place.'),
    home('dotenv', 'src/runtime/environment.ts', 'The environment is read in one function.'),
    {
      name: 'packages-know-nothing-of-dabir',
      comment: 'A package is of use to anybody: it imports its own files and its own dependencies.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^(src|worker|packages)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'packages-by-their-door',
      comment: 'What a package does not export may change without notice.',
      severity: 'error',
      from: { path: '^(src|worker)/' },
      to: { path: '^packages/[^/]+/src/', pathNot: '/src/index\\.ts$' },
    },
    {
      name: 'no-circles',
      comment: 'A file that needs itself cannot be understood alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports is dead.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot:
          '^(src/admin|packages/telegram-playground/src)/page/|\\.d\\.ts$|^(tests|bench|scripts|packages/[^/]+/tests)/',
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^tests/support/prisma' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
