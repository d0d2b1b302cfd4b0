import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.mjs';
import type { App } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { createNativeCaller } from './native.ts';
import { startApp } from './server.ts';

/** How a browser shows the studio. */
export interface Look {
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  isStill?: boolean;
  /** What the browser says its reader speaks. */
  language?: string;
}

/** A page of the studio with what it asked for and complained about. */
export interface StudioPage {
  page: Page;
  context: BrowserContext;
  /** Addresses of other origins that it wanted to load. */
  elsewhere: string[];
  /** What it wrote to the console as an error, and what it threw. */
  complaints: string[];
  /** Paths that it loaded from the server. */
  paths: string[];
}

/** A real server with the studio, and a real browser. */
export interface Studio {
  app: App;
  url: string;
  api: ReturnType<typeof createNativeCaller>;
  /** A browser of its own, signed in unless told otherwise. */
  open(look?: Look, isSignedIn?: boolean): Promise<StudioPage>;
  close(): Promise<void>;
}

/** Starts both. */
export async function startStudio(engine: Engine, settings: Partial<Config> = {}): Promise<Studio> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('The browser tests need Chromium: install it, or set CHROMIUM_PATH.');
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-studio-'));
  const { app, url } = await startApp(join(directory, 'data'), engine, settings);
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  const bearer = { authorization: `Bearer ${app.firstKey.clientSecret}` };
  return {
    app,
    url,
    api: createNativeCaller(url, bearer),
    async open(look = {}, isSignedIn = true) {
      const { width = 1440, height = 900, theme = 'light', isStill = false, language = 'en-US' } = look;
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        locale: language,
        reducedMotion: isStill ? 'reduce' : 'no-preference',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      if (isSignedIn) await context.request.post(`${url}/api/v1/session`, { headers: bearer });
      const page = await context.newPage();
      const [elsewhere, complaints, paths]: string[][] = [[], [], []];
      page.on('request', (request) => {
        const address = request.url();
        if (address.startsWith(url)) paths!.push(new URL(address).pathname);
        else if (!/^(blob|data):/.test(address)) elsewhere!.push(address);
      });
      page.on('console', (message) => {
        if (message.type() === 'error') complaints!.push(message.text());
      });
      page.on('pageerror', (error) => complaints!.push(error.message));
      return { page, context, elsewhere: elsewhere!, complaints: complaints!, paths: paths! };
    },
    async close() {
      await browser.close();
      await app.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
