import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type * as bundle from './bundle.js';

use([ScatterChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

export const drawSvg: typeof bundle.drawSvg = (option, { width, height }) => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
};
