import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { describe } from 'vitest';

/** Returns the usual paths of a Chromium or a Chrome, by operating system. */
function usualPlaces(): string[] {
  const inPrograms = [
    process.env['PROGRAMFILES'],
    process.env['PROGRAMFILES(X86)'],
    process.env['LOCALAPPDATA'],
  ]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.join(folder, 'Chromium', 'Application', 'chrome.exe'),
      path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]);
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...inPrograms,
  ];
}

/** Returns the browser that tests use: CHROMIUM_PATH, else one in a usual place, else undefined. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  return (named ? [named] : usualPlaces()).find((file) => existsSync(file));
}

/**
 * Declares a suite that needs a browser. Without one the suite is skipped with a name that says so, or fails
 * where nothing may be skipped (DABIR_REQUIRE_ALL).
 */
export function describeWithChromium(name: string, tests: () => void): void {
  const missing = findChromium() === undefined && !process.env['DABIR_REQUIRE_ALL'];
  if (missing) describe.skip(`${name} (skipped: no Chromium found, set CHROMIUM_PATH)`, tests);
  else describe(name, tests);
}

/**
 * Starts the browser, without its own calls to the network.
 * @param microphone `beeping` is a fake microphone that beeps, `denied` one without permission.
 * @throws Error when there is no Chromium
 */
export function launchChromium(microphone: 'beeping' | 'denied' = 'beeping'): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('no Chromium found: install one, or set CHROMIUM_PATH to where it is');
  return chromium.launch({
    executablePath,
    args: [
      // Chromium refuses its sandbox to root, and containers often have no user namespaces.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      `--use-fake-ui-for-media-stream${microphone === 'denied' ? '=deny' : ''}`,
    ],
  });
}
