// The theme: light, dark, or that of the system. Loaded before the first paint so that the page does not
// flash.

const key = 'dabir-theme';
const themes = /** @type {const} */ (['auto', 'light', 'dark']);
/** @typedef {typeof themes[number]} Theme */

/** @returns {Theme} the last chosen theme */
export function currentTheme() {
  const stored = localStorage.getItem(key);
  return themes.find((theme) => theme === stored) ?? 'auto';
}

/** Moves on to the next theme and remembers it. @returns {Theme} */
export function nextTheme() {
  const theme = themes[(themes.indexOf(currentTheme()) + 1) % themes.length] ?? 'auto';
  localStorage.setItem(key, theme);
  applyTheme();
  return theme;
}

/** Applies the theme; every colour in style.css is a pair. */
export function applyTheme() {
  document.documentElement.dataset['theme'] = currentTheme();
}

applyTheme();
