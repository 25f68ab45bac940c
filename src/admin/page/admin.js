// Everything here is optional for the pages. A filter is applied as soon as an option is selected.
document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLSelectElement) target.closest('form.filter')?.requestSubmit();
});

// Waiting times count on between server updates, because the server sends rows only when something else changes.
const digits = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false });
const twoDigits = new Intl.NumberFormat(document.documentElement.lang, { minimumIntegerDigits: 2 });
setInterval(() => {
  for (const cell of document.querySelectorAll('[data-since]')) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(cell.dataset.since)) / 1000));
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const last = twoDigits.format(seconds % 60);
    cell.textContent =
      hours > 0
        ? `${digits.format(hours)}:${twoDigits.format(minutes)}:${last}`
        : `${digits.format(minutes)}:${last}`;
  }
}, 1000);
