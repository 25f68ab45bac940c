import { html } from 'hono/html';
import { withoutBidiControls } from '../domain/bidi-controls.ts';
import { dateTimeFormat, numberFormat, relativeTimeFormat } from '../domain/formats.ts';
import type { TextLanguage } from '../domain/languages.ts';
import type { AdminVariables } from './context.ts';
import type { Html } from './layout.ts';

/** Variables that all parts of a page use. */
export type PageSettings = AdminVariables & { readonly base: string; readonly timeZone: string };

/**
 * The Persian locale uses Persian digits, because Latin ones between Persian words are read in the wrong order.
 */
const locales: Readonly<Record<TextLanguage, string>> = { fa: 'fa-IR-u-ca-persian', en: 'en-GB' };

/** Formats a number in the page's language, with at most `decimals` decimals. */
export function formatAmount(
  { language }: Pick<PageSettings, 'language'>,
  value: number,
  decimals = 0,
): string {
  return numberFormat(locales[language], { maximumFractionDigits: decimals }).format(value);
}

/** Formats a fraction from 0 to 1 as a percentage. */
export function formatShare({ language }: Pick<PageSettings, 'language'>, fraction: number): string {
  const options = { style: 'percent', maximumFractionDigits: 1 } as const;
  return numberFormat(locales[language], options).format(fraction);
}

/** Formats bytes as MB or GB (powers of ten). */
export function formatBytes({ language }: Pick<PageSettings, 'language'>, value: number): string {
  const isLarge = value >= 1e9;
  const unit = { style: 'unit', unit: isLarge ? 'gigabyte' : 'megabyte', maximumFractionDigits: 1 } as const;
  return numberFormat(locales[language], unit).format(value / (isLarge ? 1e9 : 1e6));
}

/** Formats seconds, with a tenth below 10 s. */
export function formatSeconds({ language }: Pick<PageSettings, 'language'>, value: number): string {
  const unit = { style: 'unit', unit: 'second', unitDisplay: 'short' } as const;
  const decimals = { maximumFractionDigits: value < 10 ? 1 : 0 };
  return numberFormat(locales[language], { ...unit, ...decimals }).format(value);
}

/** Formats month, day, hour and minute, for a table. */
export function formatMoment(
  { language, timeZone }: Pick<PageSettings, 'language' | 'timeZone'>,
  at: Date,
): string {
  const options = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return dateTimeFormat(locales[language], { ...options, hourCycle: 'h23', timeZone }).format(at);
}

/** Formats month, day and time with seconds, for the history of a transcription. */
export function formatPreciseMoment(
  { language, timeZone }: Pick<PageSettings, 'language' | 'timeZone'>,
  at: Date,
): string {
  const options = {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const;
  return dateTimeFormat(locales[language], { ...options, hourCycle: 'h23', timeZone }).format(at);
}

/** Formats a short date with its weekday. */
export function formatDay(
  { language, timeZone }: Pick<PageSettings, 'language' | 'timeZone'>,
  at: Date,
): string {
  const options = { weekday: 'short', month: 'short', day: 'numeric' } as const;
  return dateTimeFormat(locales[language], { ...options, timeZone }).format(at);
}

/** Formats the time since a date, such as "3 minutes ago". */
export function formatAgo({ language }: Pick<PageSettings, 'language'>, at: Date, now = new Date()): string {
  const past = (at.getTime() - now.getTime()) / 1000;
  const [unit, size] = units.find(([, size]) => Math.abs(past) >= size) ?? (['second', 1] as const);
  return relativeTimeFormat(locales[language], { style: 'narrow' }).format(Math.round(past / size), unit);
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Renders text from outside, such as a name: bidi isolated and without bidi controls. */
export function renderForeign(text: string | number): Html {
  return html`<bdi>${withoutBidiControls(String(text))}</bdi>`;
}

/** Renders a form with the session's form key, which every change needs. */
export function renderForm(
  { base, session }: Pick<PageSettings, 'base' | 'session'>,
  action: string,
  content: Html | string,
): Html {
  return html`<form method="post" action="${base}/${action}"><input type="hidden" name="form" value="${session.formKey}">${content}</form>`;
}

/**
 * Renders a table in a frame that scrolls by itself, also by keyboard.
 * @param name label for screen readers
 */
export function renderTable(
  name: string,
  columns: readonly string[],
  rows: readonly Html[],
  empty: string,
): Html {
  return html`<div class="table plain" role="region" aria-label="${name}" tabindex="0"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.length === 0 ? html`<tr><td colspan="${columns.length}">${empty}</td></tr>` : rows}</tbody>
</table></div>`;
}
