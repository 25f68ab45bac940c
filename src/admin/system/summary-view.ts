import { html } from 'hono/html';
import type { ProcessRow } from '../../app/admin/operations.ts';
import {
  minFreeBytes,
  type Readings,
  type Standstill,
  standstills,
} from '../../app/operations/standstills.ts';
import { duration } from '../../texts/format.ts';
import { standstillAdvice, standstillText } from '../../texts/standstills/standstills.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Html } from '../layout.ts';
import { amount, bytes, type PageSettings } from '../words.ts';

/** Maximum age of a backup, in seconds: 26 hours, because a daily backup can be a little late. */
const freshBackupSeconds = 26 * 3600;

/**
 * Renders the overall state: each standstill with its duration and advice, and the key figures.
 * @param readings null if they could not be taken
 */
export function summaryView(
  view: PageSettings,
  texts: Texts,
  readings: Readings | null,
  processes: readonly ProcessRow[],
): Html {
  const { say } = view;
  if (readings === null)
    return html`<section class="summary" data-well="false"><p><strong class="state">${say('admin-summary-unknown')}</strong></p></section>`;
  const still = standstills(readings);
  return html`<section class="summary" data-well="${String(still.length === 0)}">
${
  still.length === 0
    ? html`<p><strong class="state">${say('admin-summary-well')}</strong></p>`
    : html`<ul>${still.map((one) => standstillItem(view, texts, one))}</ul>`
}
<dl class="facts">${factsOf(view, texts, readings, processes).map(
    ({ name, value, isWell, path }) =>
      html`<div data-fact="${name}" data-well="${String(isWell)}"><dt>${say(`admin-summary-${name}`)}</dt><dd>${
        path === null ? value : html`<a href="${view.base}/${path}">${value}</a>`
      }</dd></div>`,
  )}</dl></section>`;
}

function standstillItem({ say, base, language }: PageSettings, texts: Texts, standstill: Standstill): Html {
  const { code, engine, sinceSeconds, waiting } = standstill;
  const path =
    code === 'answers-unsent' ? 'answers' : engine === null ? 'system' : `now?state=QUEUED&engine=${engine}`;
  return html`<li data-standstill="${code}"><a href="${base}/${path}"><strong>${standstillText(texts, language, standstill)}</strong></a>
${say('admin-summary-for', { time: duration(texts, language, sinceSeconds) })}${
  waiting === null || waiting === 0 ? '' : ` ${say('admin-summary-waiting', { files: waiting })}`
}<br><small>${standstillAdvice(texts, language, standstill)}</small></li>`;
}

type Fact = {
  readonly name: string;
  readonly value: string;
  readonly isWell: boolean;
  readonly path: string | null;
};

function factsOf(
  view: PageSettings,
  texts: Texts,
  readings: Readings,
  processes: readonly ProcessRow[],
): Fact[] {
  const { say, language } = view;
  const time = (seconds: number) => duration(texts, language, seconds);
  const names = (engines: Readings['engines']) =>
    engines.length === 0
      ? say('admin-summary-none')
      : engines.map(({ engine }) => engine.toUpperCase()).join(', ');
  const [oldest] = readings.engines.toSorted(
    (a, b) => (b.oldestQueuedSeconds ?? -1) - (a.oldestQueuedSeconds ?? -1),
  );
  const open = readings.engines.filter(({ openCircuits }) => openCircuits > 0);
  const paused = readings.engines.filter(({ workers }) => workers.paused > 0);
  const free = processes.flatMap(({ freeBytes, isAlive }) => (isAlive ? (freeBytes ?? []) : []));
  const leastFree = free.length === 0 ? null : Math.min(...free);
  const { unsent, oldestSeconds } = readings.answers;
  const { backupSeconds } = readings;
  const codes = new Set(standstills(readings).map(({ code }) => code));
  return [
    {
      name: 'oldest',
      value:
        oldest === undefined || oldest.oldestQueuedSeconds === null
          ? say('admin-summary-none')
          : `${time(oldest.oldestQueuedSeconds)} · ${oldest.engine.toUpperCase()}`,
      isWell: !['files-stuck', 'files-slow', 'engine-away', 'no-workers'].some((code) =>
        codes.has(code as Standstill['code']),
      ),
      path: 'now?state=QUEUED',
    },
    { name: 'circuits', value: names(open), isWell: open.length === 0, path: 'engines' },
    { name: 'paused', value: names(paused), isWell: paused.length === 0, path: 'engines' },
    {
      name: 'answers',
      value:
        unsent === 0 || oldestSeconds === null
          ? say('admin-summary-none')
          : `${amount(view, unsent)} · ${time(oldestSeconds)}`,
      isWell: !codes.has('answers-unsent'),
      path: 'answers',
    },
    {
      name: 'disk',
      value: leastFree === null ? '–' : bytes(view, leastFree),
      isWell: leastFree === null || leastFree >= minFreeBytes,
      path: 'system',
    },
    {
      name: 'backup',
      value:
        backupSeconds === null
          ? say('admin-summary-no-backup')
          : say('admin-summary-ago', { time: time(backupSeconds) }),
      isWell: backupSeconds !== null && backupSeconds < freshBackupSeconds,
      path: null,
    },
  ];
}
