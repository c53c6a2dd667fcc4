import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { POLICY } from '../dev/policy';
import { FixtureServer } from '../dev/server';

/** Where Chromium may be; `KESTREL_CHROMIUM` names another place. */
const PLACES = [
  process.env['KESTREL_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const VITE = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url));

/** The Chromium to use; undefined when there is none, and the tests that need it are skipped. */
export const CHROMIUM = PLACES.find(place => place !== '' && existsSync(place));

/** The dashboard as it is shipped, under the policy it is shipped with, before the made-up cloud of `dev/`. */
export class Stage {
  readonly complaints: string[] = [];

  private constructor(
    readonly cloud: FixtureServer,
    private readonly address: string,
    private readonly browser: Browser,
    private readonly end: () => Promise<void>,
  ) {}

  static async open(): Promise<Stage> {
    const outDir = mkdtempSync(join(tmpdir(), 'kestrel-webroot-'));
    execFileSync(process.execPath, [VITE, 'build', '--logLevel', 'error', '--outDir', outDir], {
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const cloud = new FixtureServer();
    const server = await preview({
      configFile: false,
      logLevel: 'error',
      build: { outDir },
      preview: { port: 0, host: '127.0.0.1', headers: { 'Content-Security-Policy': POLICY } },
      plugins: [
        {
          name: 'stage',
          configurePreviewServer: vite => {
            vite.middlewares.use((request, response, next) => {
              void cloud.answer(request, response).then(answered => {
                if (!answered) next();
              });
            });
            cloud.attach(vite.httpServer as Server);
          },
        },
      ],
    });
    const browser = await chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: ['--no-sandbox'],
    });
    const end = async () => {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    };
    return new Stage(cloud, server.resolvedUrls?.local[0] ?? '', browser, end);
  }

  /** Closes every page. */
  async leave(): Promise<void> {
    await Promise.all(this.browser.contexts().map(context => context.close()));
  }

  close(): Promise<void> {
    return this.end();
  }

  /** A person at a fresh browser, signed in unless `email` is empty. */
  async person(email: string, path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(8000);
    page.on('console', message => {
      const isExpected = message.text().includes('status of 40');
      if (message.type() === 'error' && !isExpected) this.complaints.push(message.text());
    });
    page.on('pageerror', error => this.complaints.push(error.message));
    page.on('request', request => {
      if (!/^(ws|http):\/\/(127\.0\.0\.1|localhost):/.test(request.url()))
        this.complaints.push(`asked ${request.url()}`);
    });
    await page.goto(this.address + path.slice(1));
    if (email !== '') await signIn(page, email);
    return page;
  }
}

/** Fills in the form; any password but `wrong` will do. */
export async function signIn(page: Page, email: string, password = 'right'): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  if (password !== 'wrong') await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}
