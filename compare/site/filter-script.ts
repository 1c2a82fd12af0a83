/** The script of the list of runs: filters by what stands in its cells. Without it all runs are listed. */
export const FILTER_SCRIPT = `(() => {
  const form = document.querySelector('form.filters');
  const rows = [...document.querySelectorAll('section[aria-labelledby=runs] tbody tr')];
  const text = (cell) => cell.textContent.trim();
  const selects = [...form.querySelectorAll('select')];
  for (const select of selects) {
    const names = new Set(rows.map((row) => text(row.cells[select.dataset.column])));
    for (const name of [...names].sort()) select.append(new Option(name, name));
  }
  const words = form.querySelector('input');
  const isShown = (row) =>
    selects.every(({ value, dataset }) => value === '' || text(row.cells[dataset.column]) === value) &&
    words.value.toLowerCase().split(/\\s+/).every((word) => row.textContent.toLowerCase().includes(word));
  const older = document.querySelector('details.older');
  const show = () => {
    for (const row of rows) row.hidden = !isShown(row);
    const shown = rows.filter((row) => !row.hidden).length;
    const isFiltered = [...selects, words].some(({ value }) => value.trim() !== '');
    if (older && isFiltered && older.querySelector('tbody tr:not([hidden])')) older.open = true;
    form.querySelector('output').textContent = shown + ' of ' + rows.length + (rows.length === 1 ? ' run' : ' runs');
  };
  form.addEventListener('input', show);
  form.addEventListener('reset', () => setTimeout(show));
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('pageshow', show);
  form.hidden = false;
  show();
})();`;
