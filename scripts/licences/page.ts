import type { Dependency, Group } from './collect.ts';

const sections: readonly { readonly group: Group; readonly title: string; readonly words: string }[] = [
  {
    group: 'built',
    title: 'Programs that the images build',
    words: 'The Dockerfile builds them from source.',
  },
  {
    group: 'image',
    title: 'Container images',
    words:
      'The Dockerfile builds on them, or compose.yml starts them. Docker fetches them from their publishers.',
  },
  {
    group: 'debian',
    title: 'Debian packages in the images',
    words: 'Beside what comes with the image they are built on.',
  },
  {
    group: 'npm',
    title: 'npm packages',
    words:
      'What `npm ci --omit=dev` installs on any system, fonts among them. Each package brings the text of its licence.',
  },
  {
    group: 'python',
    title: 'Python packages of the LOCAL engine',
    words: 'What setting LOCAL up installs into `DATA_DIR`, on any system.',
  },
  {
    group: 'model',
    title: 'Models of the LOCAL engine',
    words: 'Setting LOCAL up fetches the one that is configured.',
  },
  {
    group: 'npm-development',
    title: 'npm packages for development',
    words: 'Tests and checks use them. They are in no image.',
  },
];

/** Returns the text of docs/licences.md. */
export function licencePage(dependencies: readonly Dependency[]): string {
  const parts = sections.map(({ group, title, words }) => {
    const rows = dependencies.filter((dependency) => dependency.group === group);
    const table = ['| What | Version | Licence (SPDX) |', '|---|---|---|', ...rows.map(row)];
    const notes = rows.filter(({ note }) => note !== '').map(noteOf);
    const unique = [...new Set(notes)];
    return [`## ${title}`, '', words, '', ...table, ...(unique.length > 0 ? ['', ...unique] : [])].join('\n');
  });
  return `${[introduction, ...parts].join('\n\n')}\n`;

  function row({ name, version, licence }: Dependency): string {
    return `| ${name} | ${version || '–'} | ${licence} |`;
  }
  function noteOf({ group, note }: Dependency): string {
    const names = dependencies
      .filter((other) => other.group === group && other.note === note)
      .map(({ name }) => name);
    return `- ${[...new Set(names)].join(', ')}: ${note}.`;
  }
}

/** Returns the text of NOTICE: the dependencies that are redistributed with an image. */
export function notice(dependencies: readonly Dependency[]): string {
  const lines = sections
    .filter(({ group }) => dependencies.some((other) => other.group === group && other.inImages))
    .flatMap(({ group, title }) => {
      const rows = dependencies.filter((other) => other.group === group && other.inImages);
      const licences = [...new Set(rows.map(({ licence }) => licence))].toSorted();
      return [
        '',
        `${title}:`,
        ...licences.map((licence) => {
          const names = rows
            .filter((other) => other.licence === licence)
            .map(({ name, version }) => `${name} ${version}`.trim());
          return `\n${licence}:\n${wrapped(names.join(', '))}`;
        }),
      ];
    });
  return `${noticeIntroduction}\n${lines.join('\n')}\n`;
}

/** Wraps lines at 100 characters. */
function wrapped(text: string): string {
  return text.replaceAll(/(.{1,98})(?: |$)/g, '  $1\n').trimEnd();
}

const introduction = `# Licences

Three questions are answered first: what you owe when you run Dabir, when you pass on an image, and when you pass on a folder. The
tables after them are an inventory of every dependency, for tools and for checks by hand.

Written by \`npm run licences\`; \`npm run check\` fails when something is used that is not on this page, or whose licence is
not one of those that \`scripts/licences/known.ts\` allows. Do not edit it by hand.

Dabir itself is under the MIT licence ([LICENSE](../LICENSE)), and its repository holds no code of others.
Two tables are derived from the Unicode Character Database: \`src/documents/bidi/class-data.ts\` and the conformance tests in
\`tests/fixtures/unicode\` (© 1991-2025 Unicode, Inc., Unicode-3.0: https://www.unicode.org/license.txt). Leave that notice with them.

**You run Dabir.** You owe nobody anything: npm, pip and Docker fetch everything else from its publishers for you.

**You pass on an image** that the Dockerfile built. It holds Node.js on Debian, the npm packages below without node-av and
the embedded PostgreSQL, and an FFmpeg without GPL parts. Leave the licence texts in it where they are: \`/app/LICENSE\`,
\`/app/NOTICE\`, those in \`/app/node_modules\`, in \`/opt/ffmpeg/source\` and in \`/usr/share/doc\`. FFmpeg's source is in the
image. For Debian's packages you owe what anybody owes who passes on Debian: their source, which you offer yourself or, if
you do not do it for money, by pointing to https://snapshot.debian.org with the versions that \`dpkg -l\` shows.

**You pass on a folder in which \`npm ci\` ran, or a \`DATA_DIR\` in which LOCAL was set up.** Do not: node-av's binary and the
wheel of \`av\` hold GPL parts (the first together with fdk-aac, which the GPL does not allow at all). Take them out first.
With \`FFMPEG=program\` Dabir needs no node-av.`;

const noticeIntroduction = `Dabir
Copyright (c) 2026 The Dabir maintainers. MIT licence: see LICENSE.

Written by "npm run licences". An image of Dabir holds the following work of others. Each npm package brings the text of
its licence, in node_modules; Debian's packages have theirs in /usr/share/doc, FFmpeg in /opt/ffmpeg/source.
docs/licences.md lists the duties of passing it on.`;
