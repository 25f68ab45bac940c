import { html } from 'hono/html';
import { withoutBidiControls } from '../domain/bidi-controls.ts';
import type { TextLanguage } from '../domain/languages.ts';
import type { AdminVariables } from './context.ts';
import type { Html } from './layout.ts';

/** What all of a page's parts are made with. */
export type View = AdminVariables & { readonly base: string; readonly timeZone: string };

/** Latin digits would be read in the wrong direction between Persian ones. */
const locales: Readonly<Record<TextLanguage, string>> = { fa: 'fa-IR-u-ca-persian', en: 'en-GB' };

/** A number as the page's language writes it, with so many decimals at most. */
export function amount({ language }: Pick<View, 'language'>, value: number, decimals = 0): string {
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: decimals }).format(value);
}

/** A share of the whole, 0 to 1, in per cent. */
export function share({ language }: Pick<View, 'language'>, fraction: number): string {
  const options = { style: 'percent', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locales[language], options).format(fraction);
}

/** Bytes, in megabytes or gigabytes of powers of ten. */
export function bytes({ language }: Pick<View, 'language'>, value: number): string {
  const isLarge = value >= 1e9;
  const unit = { style: 'unit', unit: isLarge ? 'gigabyte' : 'megabyte', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locales[language], unit).format(value / (isLarge ? 1e9 : 1e6));
}

/** Seconds with a tenth where that says something. */
export function seconds({ language }: Pick<View, 'language'>, value: number): string {
  const unit = { style: 'unit', unit: 'second', unitDisplay: 'short' } as const;
  const decimals = { maximumFractionDigits: value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(locales[language], { ...unit, ...decimals }).format(value);
}

/** Day and minute, short, for a table. */
export function moment({ language, timeZone }: Pick<View, 'language' | 'timeZone'>, at: Date): string {
  const parts = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locales[language], { ...parts, hourCycle: 'h23', timeZone }).format(at);
}

/** Day, minute and second, for the history of one file. */
export function preciseMoment({ language, timeZone }: Pick<View, 'language' | 'timeZone'>, at: Date): string {
  const parts = {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const;
  return new Intl.DateTimeFormat(locales[language], { ...parts, hourCycle: 'h23', timeZone }).format(at);
}

/** A day, short. */
export function day({ language, timeZone }: Pick<View, 'language' | 'timeZone'>, at: Date): string {
  const parts = { weekday: 'short', month: 'short', day: 'numeric' } as const;
  return new Intl.DateTimeFormat(locales[language], { ...parts, timeZone }).format(at);
}

/** How long ago something was, such as "3 minutes ago". */
export function ago({ language }: Pick<View, 'language'>, at: Date, now = new Date()): string {
  const past = (at.getTime() - now.getTime()) / 1000;
  const [unit, size] = units.find(([, size]) => Math.abs(past) >= size) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(locales[language], { style: 'narrow' }).format(
    Math.round(past / size),
    unit,
  );
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Returns a text of somebody else's, such as a name: isolated, and without controls that turn it around. */
export function foreign(text: string | number): Html {
  return html`<bdi>${withoutBidiControls(String(text))}</bdi>`;
}

/** A form with the session's word in it, as every change needs. */
export function form(
  { base, session }: Pick<View, 'base' | 'session'>,
  action: string,
  content: Html | string,
): Html {
  return html`<form method="post" action="${base}/${action}"><input type="hidden" name="form" value="${session.formKey}">${content}</form>`;
}

/** A table in a frame that scrolls by itself, also by keyboard. @param name for those who do not see it */
export function table(name: string, columns: readonly string[], rows: readonly Html[], empty: string): Html {
  return html`<div class="table plain" role="region" aria-label="${name}" tabindex="0"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.length === 0 ? html`<tr><td colspan="${columns.length}">${empty}</td></tr>` : rows}</tbody>
</table></div>`;
}
