import { html } from 'hono/html';
import type { ProcessRow } from '../../app/admin/system-ports.ts';
import {
  findStandstills,
  minFreeBytes,
  type Readings,
  type Standstill,
} from '../../app/monitoring/standstills.ts';
import { formatDuration } from '../../texts/format.ts';
import { renderStandstill, renderStandstillAdvice } from '../../texts/standstills/standstills.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Html } from '../layout.ts';
import { formatAmount, formatBytes, type PageSettings } from '../words.ts';

/** Maximum age of a backup, in seconds: 26 hours, because a daily backup can be a little late. */
const freshBackupSeconds = 26 * 3600;

/** State of a figure or of everything, as its colour shows it: green, yellow or red. */
type Health = 'well' | 'warning' | 'failed';

/**
 * Renders the overall state: each standstill with its duration and advice, each warning, and the key figures. The
 * headline is as bad as the worst standstill or figure.
 * @param readings null if they could not be taken
 */
export function renderHealthSummary(
  view: PageSettings,
  texts: Texts,
  readings: Readings | null,
  processes: readonly ProcessRow[],
): Html {
  const { say } = view;
  if (readings === null)
    return html`<section class="summary" data-health="failed"><p><strong class="state">${say('admin-summary-unknown')}</strong></p></section>`;
  const still = findStandstills(readings);
  const facts = factsOf(view, texts, readings, processes);
  const warnings = facts.filter(({ health }) => health === 'warning');
  const health = still.length > 0 ? 'failed' : warnings.length > 0 ? 'warning' : 'well';
  return html`<section class="summary" data-health="${health}">
${still.length === 0 ? html`<p><strong class="state">${say(`admin-summary-${health}`)}</strong></p>` : ''}
${
  health === 'well'
    ? ''
    : html`<ul>${still.map((one) => standstillItem(view, texts, one))}${warnings.map((fact) => warningItem(view, fact))}</ul>`
}
<dl class="facts">${facts.map((fact) => {
    const { name, health } = fact;
    return html`<div data-fact="${name}" data-health="${health}"><dt>${say(`admin-summary-${name}`)}</dt><dd>${linked(view, fact)}</dd></div>`;
  })}</dl></section>`;
}

function warningItem(view: PageSettings, fact: Fact): Html {
  const { name, advice } = fact;
  return html`<li data-warning="${name}"><strong>${view.say(`admin-summary-${name}`)}</strong>: ${linked(view, fact)}${
    advice === undefined ? '' : html`<br><small>${advice}</small>`
  }</li>`;
}

function linked({ base }: PageSettings, { value, path }: Fact): Html | string {
  return path === null ? value : html`<a href="${base}/${path}">${value}</a>`;
}

function standstillItem({ say, base, language }: PageSettings, texts: Texts, standstill: Standstill): Html {
  const { code, engine, sinceSeconds, waitingCount } = standstill;
  const path =
    code === 'answers-unsent' ? 'answers' : engine === null ? 'system' : `now?state=QUEUED&engine=${engine}`;
  return html`<li data-standstill="${code}"><a href="${base}/${path}"><strong>${renderStandstill(texts, language, standstill)}</strong></a>
${say('admin-summary-for', { time: formatDuration(texts, language, sinceSeconds) })}${
  waitingCount === null || waitingCount === 0
    ? ''
    : ` ${say('admin-summary-waiting', { files: waitingCount })}`
}<br><small>${renderStandstillAdvice(texts, language, standstill)}</small></li>`;
}

type Fact = {
  readonly name: string;
  readonly value: string;
  /** `failed` only with a standstill that says why. */
  readonly health: Health;
  readonly path: string | null;
  /** What to do, for a warning. */
  readonly advice?: string;
};

function factsOf(
  view: PageSettings,
  texts: Texts,
  readings: Readings,
  processes: readonly ProcessRow[],
): Fact[] {
  const { say, language } = view;
  const time = (seconds: number) => formatDuration(texts, language, seconds);
  const names = (engines: Readings['engines']) =>
    engines.length === 0
      ? say('admin-summary-none')
      : engines.map(({ engine }) => engine.toUpperCase()).join(', ');
  const [oldest] = readings.engines.toSorted(
    (a, b) => (b.oldestQueuedSeconds ?? -1) - (a.oldestQueuedSeconds ?? -1),
  );
  const failing = readings.engines.filter(({ openCircuits }) => openCircuits > 0);
  const paused = readings.engines.filter(({ workers }) => workers.paused > 0);
  const free = processes.flatMap(({ freeBytes, isAlive }) => (isAlive ? (freeBytes ?? []) : []));
  const minFree = free.length === 0 ? null : Math.min(...free);
  const { unsent, oldestSeconds } = readings.answers;
  const { backupSeconds } = readings;
  const codes = new Set(findStandstills(readings).map(({ code }) => code));
  /** Returns `failed` when one of the standstills lasts, otherwise `warning` or `well`. */
  const healthOf = (reasons: readonly Standstill['code'][], isWell: boolean): Health =>
    reasons.some((code) => codes.has(code)) ? 'failed' : isWell ? 'well' : 'warning';
  return [
    {
      name: 'oldest',
      value:
        oldest === undefined || oldest.oldestQueuedSeconds === null
          ? say('admin-summary-none')
          : `${time(oldest.oldestQueuedSeconds)} · ${oldest.engine.toUpperCase()}`,
      health: healthOf(['files-stuck', 'files-slow', 'engine-away', 'no-workers'], true),
      path: 'now?state=QUEUED',
    },
    {
      name: 'circuits',
      value: names(failing),
      health: healthOf(['circuit-open'], failing.length === 0),
      path: 'engines',
    },
    { name: 'paused', value: names(paused), health: healthOf([], paused.length === 0), path: 'engines' },
    {
      name: 'answers',
      value:
        unsent === 0 || oldestSeconds === null
          ? say('admin-summary-none')
          : `${formatAmount(view, unsent)} · ${time(oldestSeconds)}`,
      health: healthOf(['answers-unsent'], true),
      path: 'answers',
    },
    {
      name: 'disk',
      value: minFree === null ? '–' : formatBytes(view, minFree),
      health: healthOf(['disk-full'], minFree === null || minFree >= minFreeBytes),
      path: 'system',
    },
    {
      name: 'backup',
      value:
        backupSeconds === null
          ? say('admin-summary-no-backup')
          : say('admin-summary-ago', { time: time(backupSeconds) }),
      health: healthOf(['backup-old'], backupSeconds !== null && backupSeconds < freshBackupSeconds),
      path: null,
      advice:
        backupSeconds === null ? say('admin-summary-first-backup') : texts(language, 'advice-backup-old'),
    },
  ];
}
