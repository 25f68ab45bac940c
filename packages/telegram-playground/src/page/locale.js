// The language of the page: its words, digits, dates (Jalali in Persian) and direction.

import { strings } from './strings.js';

/** @import { StringKey } from './strings.js' */
/** @typedef {keyof typeof strings} Language */

/** @type {Language} */
let language = 'en';

/** @returns {Language} */
export const currentLanguage = () => language;

/** `fa-IR` for Persian gives Persian digits and the Jalali calendar. */
const tag = () => (language === 'fa' ? 'fa-IR' : 'en-GB');

/**
 * Sets the page's language: Persian for `fa`, English for any other.
 * @param {string} languageCode
 */
export function setLanguage(languageCode) {
  language = languageCode.toLowerCase().startsWith('fa') ? 'fa' : 'en';
  const page = document.documentElement;
  page.lang = language;
  page.dir = language === 'fa' ? 'rtl' : 'ltr';
  for (const node of document.querySelectorAll('[data-text]'))
    node.textContent = translate(/** @type {StringKey} */ (node.getAttribute('data-text')));
  for (const node of document.querySelectorAll('[data-label]')) {
    const label = translate(/** @type {StringKey} */ (node.getAttribute('data-label')));
    node.setAttribute('aria-label', label);
    if (node instanceof HTMLButtonElement) node.title = label;
  }
}

/**
 * Returns the text for a key, with `{name}` filled in.
 * @param {StringKey} key
 * @param {Record<string, string | number>} [values]
 */
export function translate(key, values = {}) {
  return strings[language][key].replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value) : value;
  });
}

/** @param {string} key @returns {key is StringKey} */
export const isStringKey = (key) => Object.hasOwn(strings.en, key);

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export const formatNumber = (value, options) => new Intl.NumberFormat(tag(), options).format(value);

/** @param {number} fraction 0 to 1 */
export const formatPercent = (fraction) =>
  formatNumber(fraction, { style: 'percent', maximumFractionDigits: 0 });

/** @param {number} bytes */
export function formatSize(bytes) {
  const units = translate('byteUnits').split(' ');
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${formatNumber(value, { maximumFractionDigits: step > 0 && value < 10 ? 1 : 0 })} ${units[step]}`;
}

/** Returns `1:05` or `1:02:03`. @param {number} seconds */
export function formatDuration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const two = (/** @type {number} */ value) => formatNumber(value, { minimumIntegerDigits: 2 });
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const head = hours > 0 ? `${formatNumber(hours)}:${two(minutes)}` : formatNumber(minutes);
  return `${head}:${two(whole % 60)}`;
}

/** @param {number} date Unix seconds */
export const formatTime = (date) =>
  new Intl.DateTimeFormat(tag(), { hour: '2-digit', minute: '2-digit', hour12: false }).format(date * 1000);

/** Returns midnight of that day, to distinguish days. @param {number} date Unix seconds */
export const dayOf = (date) => new Date(date * 1000).setHours(0, 0, 0, 0);

/** Returns `Today`, `Yesterday`, `12 November`. @param {number} date Unix seconds */
export function formatDay(date) {
  const now = new Date();
  const day = dayOf(date);
  if (day === new Date(now).setHours(0, 0, 0, 0)) return translate('today');
  if (day === new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).getTime())
    return translate('yesterday');
  const thisYear = new Date(day).getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(language === 'fa' ? 'fa-IR-u-ca-persian' : tag(), {
    day: 'numeric',
    month: 'long',
    ...(thisYear ? {} : { year: 'numeric' }),
  }).format(day);
}

/** Returns the time today, else the short date, for the list of people. @param {number} date Unix seconds */
export function formatShort(date) {
  if (dayOf(date) === new Date().setHours(0, 0, 0, 0)) return formatTime(date);
  return new Intl.DateTimeFormat(language === 'fa' ? 'fa-IR-u-ca-persian' : tag(), {
    day: 'numeric',
    month: 'short',
  }).format(date * 1000);
}
