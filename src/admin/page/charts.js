// Draws the charts of the system page from the table below them.
const grid = document.querySelector('.charts');
const rows = [...document.querySelectorAll('#points tr[data-at]')];
const times = rows.map(({ dataset }) => Number(dataset.at));
const { language, timeZone } = grid.dataset;
const locale = language === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB';
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const hours = times.length > 1 && times[1] - times[0] < 86_400 && times.at(-1) - times[0] < 90_000;
const time = new Intl.DateTimeFormat(locale, {
  timeZone,
  hourCycle: 'h23',
  ...(hours ? { hour: '2-digit', minute: '2-digit' } : { month: 'numeric', day: 'numeric' }),
});

/** Returns a colour of the page's style, so that charts follow the light and dark schemes. */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function draw(place) {
  const { name } = place.dataset;
  const values = rows.map(({ dataset }) => (dataset[name] === '' ? null : Number(dataset[name])));
  const faint = colour('--pico-muted-border-color');
  const axis = {
    stroke: colour('--pico-muted-color'),
    font: '12px Vazirmatn, system-ui, sans-serif',
    grid: { stroke: faint, width: 1 },
    ticks: { stroke: faint, width: 1 },
  };
  const stroke = colour(name === 'failures' ? '--failed' : '--pico-primary');
  place.replaceChildren();
  new uPlot(
    {
      width: place.clientWidth,
      height: 150,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
      axes: [
        { ...axis, values: (_, marks) => marks.map((mark) => time.format(new Date(mark * 1000))) },
        { ...axis, size: 48, values: (_, marks) => marks.map((mark) => number.format(mark)) },
      ],
      series: [
        {},
        {
          stroke,
          fill: `${stroke}22`,
          width: 1.5,
          spanGaps: false,
          points: { show: rows.length < 40, size: 4 },
        },
      ],
    },
    [times, values],
    place,
  );
}

function drawAll() {
  for (const place of document.querySelectorAll('.chart')) draw(place);
}

drawAll();
addEventListener('resize', drawAll);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
