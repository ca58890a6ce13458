/** Lines of shares over evaluations as a drawing that light and dark pages can show. */

const [WIDTH, HEIGHT] = [720, 400];
const PLOT = { left: 60, right: 620, top: 20, bottom: 350 };
const COLOURS = { random: '#8a8a8a', sobol: '#c77700', nsga2: '#0b7fab', tpe: '#b0307a' };

/** @param lines - `{ name, medians }`, a share for each of the budgets */
export function chart(budgets, lines) {
  const least = Math.floor(20 * Math.min(...lines.flatMap(({ medians }) => medians))) / 20;
  const x = (budget) => PLOT.left + ((PLOT.right - PLOT.left) * budget) / budgets.at(-1);
  const y = (share) => PLOT.bottom - ((PLOT.bottom - PLOT.top) * (share - least)) / (1 - least);
  const steps = Array.from({ length: Math.round((1 - least) * 20) + 1 }, (_, index) => least + index / 20);
  const text = (at, up, label, anchor) => `<text x="${at}" y="${up}" text-anchor="${anchor}">${label}</text>`;
  const parts = [
    ...steps.map((share) => `<path d="M${PLOT.left} ${y(share)}H${PLOT.right}" stroke="#8884"/>`),
    ...steps.map((share) => text(PLOT.left - 8, y(share) + 4, `${Math.round(100 * share)} %`, 'end')),
    ...budgets
      .filter((_, index) => index % 2 === 1)
      .map((budget) => text(x(budget), PLOT.bottom + 18, budget, 'middle')),
    text((PLOT.left + PLOT.right) / 2, HEIGHT - 10, 'evaluations', 'middle'),
    ...lines.map(({ name, medians }) => {
      const points = medians.map((share, index) => `${x(budgets[index]).toFixed(1)},${y(share).toFixed(1)}`);
      return `<polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS[name]}" stroke-width="2"/>`;
    }),
    ...lines.map(({ name }, index) => {
      const up = PLOT.bottom - 16 * (lines.length - index);
      return `<text x="${PLOT.right + 12}" y="${up}" fill="${COLOURS[name]}" stroke="none">${name}</text>`;
    }),
  ];
  const title = 'Share of the hypervolume of the whole grid over evaluations, median of ten seeds';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" role="img" aria-label="${title}">
<title>${title}</title><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${parts.join('\n')}
</svg>
`;
}
