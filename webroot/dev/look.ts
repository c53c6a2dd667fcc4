import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';

export type View = {
  readonly name: string;
  readonly as: string;
  readonly path: string;
  readonly then?: (page: Page) => Promise<void>;
};

/** Signs in to a running dashboard and takes a picture of each view, in both colour schemes and two widths. */
export async function look(
  browser: Browser,
  address: string,
  views: readonly View[],
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const view of views)
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1440, 420]) {
        const context = await browser.newContext({
          colorScheme,
          viewport: { width, height: width > 1000 ? 900 : 860 },
        });
        const page = await context.newPage();
        await page.goto(address + view.path);
        if (view.as !== '') await signIn(page, view.as);
        await view.then?.(page);
        await page.waitForTimeout(500);
        await page.screenshot({ path: `${folder}/${view.name}-${colorScheme}-${width}.png` });
        await context.close();
      }
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('right');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}
