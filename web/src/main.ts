// SPDX-License-Identifier: Apache-2.0
import '@fontsource/b612/latin-400.css';
import '@fontsource/b612/latin-700.css';
import './app.css';
import { mount } from 'svelte';
import { App } from './app';
import Page from './Page.svelte';
import { settings } from './store/settings.svelte';
import { exposeForTests } from './testState.svelte';

document.documentElement.dataset.palette = settings.palette;

const app = new App();
exposeForTests(app);

// The labels of the chart are drawn from the font once and kept: it must be here before the map.
const fonts = [document.fonts.load('400 12px B612'), document.fonts.load('700 12px B612')];
void Promise.allSettled(fonts).then(() => {
  mount(Page, { target: document.getElementById('app') as HTMLElement, props: { app } });
});
