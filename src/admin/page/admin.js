// What pages can do without is done here: a filter takes effect as soon as something is picked.
document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLSelectElement) target.closest('form.filter')?.requestSubmit();
});
